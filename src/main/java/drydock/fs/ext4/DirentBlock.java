package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u32;

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
  static final int HEADER_BYTES = DirentForm.HEADER_BYTES;

  private static final int SHORTEST = 12;
  private static final int LONGEST_NAME = 255;

  private final byte[] raw;
  private final int end;
  private final DirentForm form;
  private int next;
  private int at = -1;
  private @Nullable String trouble;

  /** The entries in {@code raw} from {@code from} to {@code end}. */
  DirentBlock(byte[] raw, int from, int end, DirentForm form) {
    this.raw = raw;
    this.end = end;
    this.form = form;
    this.next = from;
  }

  DirentBlock(byte[] raw, int from, int end, int blockBytes, boolean hasTypes) {
    this(raw, from, end, new DirentForm(blockBytes, hasTypes, false, false));
  }

  /** Goes to the next entry in use; false behind the last one and where the chain is broken. */
  boolean advance() {
    while (step()) {
      if (inode() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Goes to the next entry, in use or free; false as in {@link #advance}. */
  boolean step() {
    if (next >= end) {
      return false;
    }
    at = next;
    if (!isSound()) {
      return false;
    }
    next = at + recordLength();
    return true;
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

  /** Goes on elsewhere after the chain was broken. */
  void resume(int from) {
    trouble = null;
    next = from;
  }

  /** Where the entry lies in the array. */
  int offset() {
    return at;
  }

  /** Where the next entry begins. */
  int recordEnd() {
    return next;
  }

  /** Where what belongs to this entry ends: behind it lies what was there before. */
  int contentEnd() {
    return Math.min(next, form.contentEnd(raw, at, next));
  }

  long inode() {
    return u32(raw, at);
  }

  private int recordLength() {
    return form.recordLength(raw, at);
  }

  int nameLength() {
    return form.nameLength(raw, at);
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
    return isImpossibleName(raw, at + HEADER_BYTES, nameLength());
  }

  static boolean isImpossibleName(byte[] raw, int from, int length) {
    if (length == 0 || length > LONGEST_NAME) {
      return true;
    }
    for (int i = from; i < from + length; i++) {
      if (raw[i] == '/' || raw[i] == 0) {
        return true;
      }
    }
    return false;
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

  /** Adds the same to a list, without making it. */
  void addTo(DirentList.Packer list) {
    list.add(raw, at + HEADER_BYTES, nameLength(), inode(), type());
  }

  /** The hash that is stored with a name; null where none is. */
  DirectoryHash.@Nullable Value storedHash() {
    return form.hash(raw, at, end);
  }

  /** Whether the type is a number that stands for none. */
  boolean isOfUnknownType() {
    return form.isUnknownType(form.type(raw, at));
  }

  private @Nullable NodeType type() {
    return type(form.type(raw, at));
  }

  /** The type of which the lower four bits are the number; null when they are none's. */
  static @Nullable NodeType type(int stored) {
    return switch (stored & 0xf) {
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
