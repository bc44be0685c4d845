package drydock.fs.ext4.journal;

import drydock.bytes.LittleEndian;
import drydock.fs.Name;
import java.util.Arrays;

/** One change of a fast commit, as stored. */
public sealed interface FastCommitRecord {
  /** The inode that it is about. */
  long inode();

  /** A file has these blocks now. */
  record RangeAdded(long inode, BlockRange range) implements FastCommitRecord {}

  /** A file has no blocks there any more. */
  record RangeRemoved(long inode, long first, long count) implements FastCommitRecord {}

  /** The inode's fields, cut after those in use; its block map is not to be taken from here. */
  record InodeWritten(long inode, byte[] raw) implements FastCommitRecord {}

  /** A name for an inode that is new. */
  record Created(long directory, long inode, Name name) implements FastCommitRecord {}

  /** Another name for an inode. */
  record Linked(long directory, long inode, Name name) implements FastCommitRecord {}

  /** A name is gone. */
  record Unlinked(long directory, long inode, Name name) implements FastCommitRecord {}

  /** Decodes the value of a tag whose length was checked ({@link FastCommitTag#fits}). */
  static FastCommitRecord decode(FastCommitTag tag, byte[] raw, int at, int length) {
    long first = LittleEndian.u32(raw, at);
    return switch (tag) {
      case ADD_RANGE -> new RangeAdded(first, range(raw, at + 4));
      case DEL_RANGE ->
          new RangeRemoved(first, LittleEndian.u32(raw, at + 4), LittleEndian.u32(raw, at + 8));
      case INODE -> new InodeWritten(first, Arrays.copyOfRange(raw, at + 4, at + length));
      case CREAT -> new Created(first, LittleEndian.u32(raw, at + 4), name(raw, at, length));
      case LINK -> new Linked(first, LittleEndian.u32(raw, at + 4), name(raw, at, length));
      case UNLINK -> new Unlinked(first, LittleEndian.u32(raw, at + 4), name(raw, at, length));
      case PAD, TAIL, HEAD -> throw new IllegalArgumentException(tag.name());
    };
  }

  private static BlockRange range(byte[] raw, int at) {
    int length = LittleEndian.u16(raw, at + 4);
    boolean written = length <= 0x8000;
    long block = (long) LittleEndian.u16(raw, at + 6) << 32 | LittleEndian.u32(raw, at + 8);
    return new BlockRange(
        LittleEndian.u32(raw, at), block, written ? length : length - 0x8000, written);
  }

  private static Name name(byte[] raw, int at, int length) {
    return Name.of(Arrays.copyOfRange(raw, at + 8, at + length));
  }
}
