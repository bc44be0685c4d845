package drydock.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A new file that has the name {@code NAME.partial} until it is whole, and is gone if it never is.
 * Nothing that exists is written over.
 */
public final class PartialFile implements Closeable {
  /** What the name of something that is not whole ends in. */
  public static final String SUFFIX = ".partial";

  private final Path target;
  private final Path partial;
  private final WriteBehind out;
  private @Nullable Path made;
  private boolean closed;

  private PartialFile(Path target, Path partial, WriteBehind out) {
    this.target = target;
    this.partial = partial;
    this.out = out;
    this.made = partial;
  }

  /**
   * Begins a file.
   *
   * @throws FileAlreadyExistsException when it is there already, or one that was never finished
   */
  public static PartialFile create(Path target) throws IOException {
    refuseExisting(target);
    Path partial = partialOf(target);
    refuseExisting(partial);
    FileChannel channel =
        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new PartialFile(target, partial, new WriteBehind(channel));
  }

  /** The name of a target while it is not whole. */
  public static Path partialOf(Path target) {
    return target.resolveSibling(target.getFileName() + SUFFIX);
  }

  /** Throws if anything is there, be it a link that leads nowhere. */
  public static void refuseExisting(Path path) throws FileAlreadyExistsException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      String why =
          path.toString().endsWith(SUFFIX)
              ? "is there already, left over from an export that was stopped: remove it"
              : "is there already, and nothing is written over";
      throw new FileAlreadyExistsException(path.toString(), null, why);
    }
  }

  /**
   * What is written to it: buffered, and written by another thread, so that what goes wrong is
   * thrown later, by {@link #finish} at the latest.
   */
  public OutputStream out() {
    return out;
  }

  /** All is written: gives it its name. */
  public void finish() throws IOException {
    out.close();
    refuseExisting(target);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    made = target;
    closed = true;
  }

  /** Takes a finished file away again, because what it belongs to could not be finished. */
  public void undo() throws IOException {
    closed = false;
    close();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      out.giveUp();
    } finally {
      if (made != null) {
        Files.deleteIfExists(made);
      }
    }
  }
}
