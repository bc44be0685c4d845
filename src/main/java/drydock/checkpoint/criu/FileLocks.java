package drydock.checkpoint.criu;

import drydock.proto.criu.FileLockEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads locks: {@code filelocks.img}.
 *
 * <p>Source: CRIU 4.2, criu/file-lock.c and criu/include/file-lock.h.
 */
final class FileLocks {
  private static final int FLOCK = 2;
  private static final int OPEN_FILE = 4;

  private FileLocks() {}

  /** All, in the order of the image. */
  static List<FileLock> read(Images images) throws IOException {
    List<FileLock> all = new ArrayList<>();
    Messages.each(
        images,
        ImageKind.FILE_LOCKS.file(),
        FileLockEntry.parser(),
        (lock, entry) ->
            all.add(
                new FileLock(
                    Integer.toUnsignedLong(lock.getPid()),
                    Integer.toUnsignedLong(lock.getFd()),
                    kind(lock.getFlag()),
                    type(lock.getType()),
                    lock.getStart(),
                    lock.getLen(),
                    entry.origin())));
    return List.copyOf(all);
  }

  private static String kind(int flags) {
    if ((flags & OPEN_FILE) != 0) {
      return "ofd";
    }
    return (flags & FLOCK) != 0 ? "flock" : (flags & 1) != 0 ? "posix" : "kind-" + flags;
  }

  private static String type(int type) {
    return switch (type) {
      case 0 -> "read";
      case 1 -> "write";
      case 2 -> "none";
      default -> "type-" + type;
    };
  }
}
