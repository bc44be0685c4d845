package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u8;

import org.jspecify.annotations.Nullable;

/**
 * How the entries of one directory are written, which depends on the file system's features.
 *
 * @param blockBytes the size of a block; in those of 64 KiB a record's length needs more bits
 * @param hasTypes whether the byte behind the name's length is the type; else it is its high half
 * @param hasData whether data may follow a name ({@code dirdata}: Lustre, {@code
 *     ldiskfs/kernel_patches/patches/.../ext4-data-in-dirent.patch})
 * @param hasHash whether the name's hash follows it, as in directories that are both encrypted and
 *     casefolded (kernel {@code fs/ext4/ext4.h}, {@code struct ext4_dir_entry_hash})
 */
record DirentForm(int blockBytes, boolean hasTypes, boolean hasData, boolean hasHash) {
  static final int HEADER_BYTES = 8;
  static final int HASH_BYTES = 8;

  private static final int HUGE_BLOCK = 1 << 16;
  private static final int DATA_KINDS = 4;
  private static final int KINDS_OF_DATA = 0xf0;
  private static final int KNOWN_TYPES = 7;

  /** The form of an inode's entries, if it is a directory. */
  static DirentForm of(Volume volume, Inode inode) {
    return new DirentForm(
        volume.blocks().blockBytes(),
        volume.has(Feature.FILETYPE),
        volume.has(Feature.DIRDATA),
        inode.has(InodeFlag.ENCRYPTED) && inode.has(InodeFlag.CASEFOLDED));
  }

  /** What the entry says of the way to the next one. */
  int recordLength(byte[] raw, int at) {
    int stored = u16(raw, at + 4);
    if (blockBytes < HUGE_BLOCK) {
      return stored;
    }
    return stored == 0xffff || stored == 0 ? blockBytes : stored & 0xfffc | (stored & 3) << 16;
  }

  int nameLength(byte[] raw, int at) {
    return hasTypes ? u8(raw, at + 6) : u16(raw, at + 6);
  }

  /** The type's byte; 0 where entries have none. */
  int type(byte[] raw, int at) {
    return hasTypes ? u8(raw, at + 7) : 0;
  }

  /** Whether a type's byte stands for no type; 0 is one that is not told. */
  boolean isUnknownType(int stored) {
    return (hasData ? stored & ~KINDS_OF_DATA : stored) > KNOWN_TYPES;
  }

  /** Where what belongs to the name ends, rounded up; may lie beyond {@code end}. */
  int contentEnd(byte[] raw, int at, int end) {
    int nameEnd = at + HEADER_BYTES + nameLength(raw, at);
    if (hasHash) {
      return aligned(nameEnd) + HASH_BYTES;
    }
    return aligned(hasData ? dataEnd(raw, nameEnd, type(raw, at) >> 4, end) : nameEnd);
  }

  /** Each of the type's upper four bits stands for a piece of data that begins with its length. */
  private static int dataEnd(byte[] raw, int nameEnd, int kinds, int end) {
    if (kinds == 0) {
      return nameEnd;
    }
    int at = nameEnd + 1;
    for (int kind = 0; kind < DATA_KINDS; kind++) {
      if ((kinds >> kind & 1) != 0 && at < end) {
        at += u8(raw, at);
      }
    }
    return at;
  }

  /** The hash that is stored with a name; null where none is, or not in {@code end} bytes. */
  DirectoryHash.@Nullable Value hash(byte[] raw, int at, int end) {
    int hashAt = aligned(at + HEADER_BYTES + nameLength(raw, at));
    return hasHash && hashAt + HASH_BYTES <= end
        ? new DirectoryHash.Value(i32(raw, hashAt), i32(raw, hashAt + 4))
        : null;
  }

  private static int aligned(int at) {
    return at + 3 & ~3;
  }
}
