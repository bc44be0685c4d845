package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;
import static drydock.bytes.LittleEndian.u8;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one directory block: a flyweight cursor over its bytes, whose layout is {@code
 * ksy/ext4_dirent.ksy} (kernel {@code fs/ext4/ext4.h}, {@code ext4_rec_len_from_disk}; {@code
 * fs/ext4/dir.c}, {@code __ext4_check_dir_entry}).
 */
final class DirentBlock {
  static final int HEADER_BYTES = 8;

  private static final int HUGE_BLOCK = 1 << 16;
  private static final int SHORTEST = 12;

  private final byte[] raw;
  private final int end;
  private final int blockBytes;
  private final boolean hasTypes;
  private int next;
  private int at = -1;
  private @Nullable String trouble;

  /** The entries in {@code raw} from {@code from} to {@code end}. */
  DirentBlock(byte[] raw, int from, int end, int blockBytes, boolean hasTypes) {
    this.raw = raw;
    this.end = end;
    this.blockBytes = blockBytes;
    this.hasTypes = hasTypes;
    this.next = from;
  }

  /** Goes to the next entry in use; false behind the last one and where the chain is broken. */
  boolean advance() {
    while (next < end) {
      at = next;
      if (!isSound()) {
        return false;
      }
      next = at + recordLength();
      if (inode() != 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isSound() {
    if (end - at < HEADER_BYTES) {
      trouble = "directory entry cut off";
    } else if (recordLength() < SHORTEST && recordLength() != end - at
        || recordLength() % 4 != 0
        || recordLength() > end - at
        || recordLength() < HEADER_BYTES) {
      trouble = "directory entry of an impossible length: " + recordLength();
    } else if (inode() != 0 && nameLength() > recordLength() - HEADER_BYTES) {
      trouble = "directory entry shorter than its name";
    }
    return trouble == null;
  }

  /** What broke the chain; null while nothing did. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Where the entry lies in the array. */
  int offset() {
    return at;
  }

  long inode() {
    return u32(raw, at);
  }

  private int recordLength() {
    int stored = u16(raw, at + 4);
    if (blockBytes < HUGE_BLOCK) {
      return stored;
    }
    return stored == 0xffff || stored == 0 ? blockBytes : stored & 0xfffc | (stored & 3) << 16;
  }

  int nameLength() {
    return hasTypes ? u8(raw, at + 6) : u16(raw, at + 6);
  }

  /** Whether the name is {@code .} or {@code ..}. */
  boolean isDotOrDotDot() {
    int length = nameLength();
    return length >= 1
        && length <= 2
        && raw[at + HEADER_BYTES] == '.'
        && raw[at + HEADER_BYTES + length - 1] == '.';
  }

  /** Whether no path can have this name in it. */
  boolean isImpossibleName() {
    int length = nameLength();
    for (int i = 0; i < length; i++) {
      byte each = raw[at + HEADER_BYTES + i];
      if (each == '/' || each == 0) {
        return true;
      }
    }
    return length == 0 || length > 255;
  }

  boolean isNamed(byte[] name) {
    return nameLength() == name.length
        && Arrays.equals(
            raw, at + HEADER_BYTES, at + HEADER_BYTES + name.length, name, 0, name.length);
  }

  Name name() {
    return Name.of(raw, at + HEADER_BYTES, nameLength());
  }

  Dirent dirent() {
    return new Dirent(name(), inode(), type());
  }

  private @Nullable NodeType type() {
    if (!hasTypes) {
      return null;
    }
    return switch (u8(raw, at + 7) & 0xf) {
      case 1 -> NodeType.FILE;
      case 2 -> NodeType.DIRECTORY;
      case 3 -> NodeType.CHARACTER;
      case 4 -> NodeType.BLOCK;
      case 5 -> NodeType.FIFO;
      case 6 -> NodeType.SOCKET;
      case 7 -> NodeType.SYMLINK;
      default -> null;
    };
  }
}
