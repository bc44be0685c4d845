package drydock.timeline;

import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a body file: {@code MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime}, one a
 * file, as the programs of The Sleuth Kit 3 and later read them.
 *
 * <p>Times are seconds, rounded down, or with nine more digits; 0 is one that is not known. How
 * names are written: {@link EscapedText}. A symlink's target stands behind {@code ->}, and what is
 * deleted is marked as {@code fls} marks it. Pure; for one thread.
 *
 * <p>Sources: The Sleuth Kit 4.11.1, {@code tsk_fs_name_print_mac_md5} and {@code
 * tsk_fs_meta_make_ls} in tsk/fs/fs_name.c, and its program mactime; plaso, parsers/bodyfile.py.
 */
public final class BodyFile {
  private static final String NOTHING_KNOWN = "----------|0|0|0|0|0|0|0\n";
  private static final int SET_ID_BITS = 9;
  private static final int MODE_LETTERS = 10;
  private static final int LINE_BYTES = 192;

  /** The Sleuth Kit calls a socket's name s and its inode h: s is another type of inode there. */
  private static final char SOCKET_INODE = 'h';

  private final byte[] prefix;
  private final boolean fraction;
  private final EscapedText out;
  private byte[] directoryText = new byte[0];
  private @Nullable TreePath directory;

  // What was written before is written again most often: as it stands there.
  private @Nullable Instant lastTime;
  private int lastTimeAt;
  private int lastTimeLength;
  private @Nullable NodeType lastType;
  private int lastPermissions;
  private int lastModeAt;

  /**
   * Starts with no lines.
   *
   * @param prefix stands before every path, e.g. the container that the paths are in
   * @param fraction whether times have the digits behind the second
   * @param lines about how many there will be until they are taken
   */
  public BodyFile(String prefix, boolean fraction, int lines) {
    this(prefix, fraction, room(lines));
  }

  /** The same in {@code room}, which is nobody else's until the lines are used. */
  BodyFile(String prefix, boolean fraction, byte[] room) {
    this.prefix = new EscapedText(4 * prefix.length()).words(prefix).bytes(0);
    this.fraction = fraction;
    this.out = new EscapedText(room);
  }

  /** Room for about so many lines. */
  static byte[] room(int lines) {
    return new byte[lines * LINE_BYTES];
  }

  /**
   * Adds a line.
   *
   * @param target a symlink's; null when it could not be read, and of all else
   * @param md5 of the content, in hex; null when it was not asked for or cannot be told
   */
  public void add(TimedFile file, byte @Nullable [] target, @Nullable String md5) {
    out.ascii(md5 == null ? "0" : md5).put('|');
    int name = out.length();
    path(file.path());
    byte[] shown = target != null && isText(target) ? target : null;
    if (shown != null) {
      out.ascii(" -> ").target(shown);
    }
    switch (file.fate()) {
      case LIVING -> out.guardEnd();
      case HIDDEN, DELETED -> out.ascii(" (deleted)");
      case REALLOCATED -> out.ascii(" (deleted-realloc)");
    }
    if (shown == null && isLink(file)) {
      out.guardArrows(name);
    }
    FileMeta meta = file.meta();
    out.put('|').unsigned(file.inode()).put('|').put(letter(file.named())).put('/');
    if (meta == null) {
      out.ascii(NOTHING_KNOWN);
    } else {
      meta(meta);
    }
  }

  /** The lines, not copied: nothing may be added any more. */
  public ByteBuffer lines() {
    return out.shared();
  }

  /** Whether readers would take an arrow in its name for the one before a target. */
  private static boolean isLink(TimedFile file) {
    FileMeta meta = file.meta();
    return file.named() == NodeType.SYMLINK || (meta != null && meta.isSymlink());
  }

  /** Whether there is a target; a deleted link's may be cut off or wiped. */
  private static boolean isText(byte[] target) {
    for (byte each : target) {
      if (each != 0) {
        return true;
      }
    }
    return false;
  }

  private void path(TreePath path) {
    TreePath parent = path.parent();
    if (parent == null) {
      out.raw(prefix).put('/');
      return;
    }
    enter(parent);
    out.raw(directoryText).name(path.name());
  }

  /** Most paths lie in the same directory as the one before: its text is made once. */
  @SuppressWarnings("ReferenceEquality") // an equal one would only be made again
  private void enter(TreePath parent) {
    if (parent == directory) {
      return;
    }
    int start = out.length();
    out.raw(prefix).put('/');
    names(parent);
    directoryText = out.bytes(start);
    out.cut(start);
    directory = parent;
  }

  /** Those of a path, which is never longer than system calls take. */
  private void names(TreePath path) {
    TreePath parent = path.parent();
    if (parent != null) {
      names(parent);
      out.name(path.name()).put('/');
    }
  }

  private void meta(FileMeta meta) {
    mode(meta);
    out.put('|').number(meta.uid()).put('|').number(meta.gid()).put('|').number(meta.size());
    FileTimes times = meta.times();
    time(times.accessed());
    time(times.modified());
    time(times.changed());
    time(times.born());
    out.put('\n');
  }

  private void mode(FileMeta meta) {
    if (meta.type() == lastType && meta.permissions() == lastPermissions) {
      out.again(lastModeAt, MODE_LETTERS);
      return;
    }
    lastType = meta.type();
    lastPermissions = meta.permissions();
    lastModeAt = out.length();
    int bits = meta.permissions();
    out.put(meta.type() == NodeType.SOCKET ? SOCKET_INODE : letter(meta.type()));
    for (int shift = 6; shift >= 0; shift -= 3) {
      int three = bits >> shift;
      boolean special = (bits >> (SET_ID_BITS + shift / 3) & 1) != 0;
      boolean runs = (three & 1) != 0;
      out.put((three & 4) != 0 ? 'r' : '-').put((three & 2) != 0 ? 'w' : '-');
      if (special) {
        char letter = shift == 0 ? 't' : 's';
        out.put(runs ? letter : Character.toUpperCase(letter));
      } else {
        out.put(runs ? 'x' : '-');
      }
    }
  }

  private void time(@Nullable Instant time) {
    out.put('|');
    if (time == null) {
      out.put('0');
    } else if (time.equals(lastTime)) {
      out.again(lastTimeAt, lastTimeLength);
    } else {
      int start = out.length();
      known(time);
      lastTime = time;
      lastTimeAt = start;
      lastTimeLength = out.length() - start;
    }
  }

  private void known(Instant time) {
    if (fraction) {
      out.seconds(time.getEpochSecond(), time.getNano());
    } else {
      out.number(time.getEpochSecond());
    }
  }

  private static char letter(NodeType type) {
    return switch (type) {
      case FILE -> 'r';
      case UNKNOWN -> '-';
      default -> type.letter();
    };
  }
}
