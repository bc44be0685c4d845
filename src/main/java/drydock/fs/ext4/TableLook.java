package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its content whether an inode table is that of a group: checksums are made of an inode's
 * number, and a directory's first name is its own number. Looks at no more than the table's first
 * {@value #LOOKED_AT} bytes. Immutable.
 */
final class TableLook {
  private static final int LOOKED_AT = 16 << 10;
  private static final int FIRST_LOOK = 4 << 10;
  private static final int MIN_WIDE_EXTRA = 4;

  /** After so many inodes it is decided. */
  private static final int DECIDING = 16;

  private static final int MAX_LINKS = 65_000;

  /** What can be believed of a table. */
  enum Belief {
    /** It is another's, or no inode table. */
    NONE,
    /** Nothing says whose it is, for nothing is in it. */
    EMPTY,
    /** Its inodes could be these. */
    LIKELY,
    /** Its inodes are these. */
    CERTAIN
  }

  /** What one slot says. */
  private enum Slot {
    BLANK,
    STRANGE,
    POSSIBLE,
    OWN
  }

  private final Volume volume;
  private final Superblock superblock;
  private final long tableBytes;

  TableLook(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.tableBytes = superblock.inodesPerGroup() * superblock.inodeBytes();
  }

  /** What can be believed of a table of a group's inodes at a block. */
  Belief at(long group, long table) throws IOException {
    byte[] head = head(table, FIRST_LOOK);
    Belief first = head == null ? Belief.NONE : belief(group, head);
    if (first != Belief.EMPTY && first != Belief.LIKELY) {
      return first;
    }
    byte[] more = head(table, LOOKED_AT);
    return more == null ? first : belief(group, more);
  }

  /** How many of the first inodes may be the group's. */
  int fits(long group, long table) throws IOException {
    byte[] head = head(table, LOOKED_AT);
    int fits = 0;
    for (int i = 0; head != null && i < head.length / superblock.inodeBytes(); i++) {
      Slot slot = slot(first(group) + i, head, i * superblock.inodeBytes());
      fits += slot == Slot.OWN || slot == Slot.POSSIBLE ? 1 : 0;
    }
    return fits;
  }

  private long first(long group) {
    return group * superblock.inodesPerGroup() + 1;
  }

  private byte @Nullable [] head(long table, int wanted) throws IOException {
    if (!volume.blocks().contains(table, superblock.tableBlocks())) {
      return null;
    }
    byte[] head = new byte[(int) Math.min(tableBytes, Math.max(wanted, superblock.inodeBytes()))];
    try {
      volume.blocks().read(table, 0, head, 0, head.length);
      return head;
    } catch (CorruptDataException e) {
      return null; // not there: the next place is looked at
    }
  }

  private Belief belief(long group, byte[] head) throws IOException {
    int own = 0;
    int possible = 0;
    int strange = 0;
    for (int i = 0; i < head.length / superblock.inodeBytes(); i++) {
      switch (slot(first(group) + i, head, i * superblock.inodeBytes())) {
        case OWN -> own++;
        case POSSIBLE -> possible++;
        case STRANGE -> strange++;
        default -> {}
      }
      if (own + possible + strange >= DECIDING) {
        break;
      }
    }
    boolean isSummed = volume.checksums().inodesVerified();
    if (own > strange || isSummed && possible > 1 && own + possible > strange) {
      return Belief.CERTAIN; // one sum of 16 bits may fit by chance, not two
    }
    if (own + possible == 0) {
      return strange == 0 ? Belief.EMPTY : Belief.NONE;
    }
    return own + possible > strange ? Belief.LIKELY : Belief.NONE;
  }

  /** Whether a group's table may begin with this block: a cheap question. */
  boolean mayBegin(long group, byte[] piece, int from) throws IOException {
    int slots = superblock.blockBytes() / superblock.inodeBytes();
    for (int i = 0; i < slots; i++) {
      Slot slot = slot(first(group) + i, piece, from + i * superblock.inodeBytes());
      boolean isOpen = slot == Slot.POSSIBLE && !volume.checksums().inodesVerified();
      if (slot != Slot.BLANK && !isOpen) {
        return slot != Slot.STRANGE;
      }
    }
    return false;
  }

  /** What the inode at an offset says of its number. */
  private Slot slot(long number, byte[] raw, int at) throws IOException {
    int bytes = superblock.inodeBytes();
    if (isBlank(raw, at, bytes)) {
      return Slot.BLANK;
    }
    Inode inode = new Inode(number, Arrays.copyOfRange(raw, at, at + bytes), superblock);
    if (volume.checksums().inodesVerified()) {
      if (!volume.checksums().inodeFits(inode.shared(), number, inode.extraBytes())) {
        return Slot.STRANGE;
      }
      return inode.extraBytes() >= MIN_WIDE_EXTRA ? Slot.OWN : Slot.POSSIBLE;
    }
    return byShape(inode);
  }

  private static boolean isBlank(byte[] raw, int from, int bytes) {
    for (int i = from; i < from + bytes; i++) {
      if (raw[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private Slot byShape(Inode inode) throws IOException {
    if (inode.mode() == 0 && inode.links() == 0) {
      return Slot.BLANK;
    }
    boolean isMapped = inode.has(InodeFlag.EXTENTS);
    if (inode.type() == NodeType.UNKNOWN
        || inode.links() > MAX_LINKS
        || inode.size() < 0
        || isMapped && u16(inode.shared(), Inode.BLOCK_FIELD) != ExtentNode.MAGIC) {
      return Slot.STRANGE;
    }
    if (inode.type() != NodeType.DIRECTORY || inode.links() == 0) {
      return inode.number() == Inodes.ROOT ? Slot.STRANGE : Slot.POSSIBLE;
    }
    return byFirstName(inode);
  }

  private Slot byFirstName(Inode directory) throws IOException {
    byte[] raw = directory.shared();
    boolean hasExtents = directory.has(InodeFlag.EXTENTS);
    boolean isDeep = hasExtents && u16(raw, Inode.BLOCK_FIELD + 6) > 0;
    long block = u32(raw, Inode.BLOCK_FIELD + (hasExtents ? 20 : 0));
    if (directory.has(InodeFlag.INLINE_DATA) || isDeep) {
      return Slot.POSSIBLE;
    }
    if (!volume.blocks().contains(block, 1)) {
      return Slot.STRANGE;
    }
    byte[] names = new byte[12];
    try {
      volume.blocks().read(block, 0, names, 0, names.length);
    } catch (CorruptDataException e) {
      return Slot.STRANGE;
    }
    boolean isItself = u32(names, 0) == directory.number() && names[6] == 1 && names[8] == '.';
    return isItself ? Slot.OWN : Slot.STRANGE;
  }

  /** Whether a block can be the bitmap of the inodes of a table: those in use are used there. */
  boolean isBitmap(long group, long table, long bitmap) throws IOException {
    byte[] head = head(table, LOOKED_AT);
    if (head == null || !volume.blocks().contains(bitmap, 1)) {
      return false;
    }
    byte[] bits = new byte[superblock.blockBytes()];
    try {
      volume.blocks().read(bitmap, 0, bits, 0, bits.length);
    } catch (CorruptDataException e) {
      return false;
    }
    for (int i = 0; i < head.length / superblock.inodeBytes(); i++) {
      Slot slot = slot(first(group) + i, head, i * superblock.inodeBytes());
      boolean isUsed = slot != Slot.BLANK && slot != Slot.STRANGE && links(head, i) > 0;
      if (isUsed && (i32(bits, i / Integer.SIZE * 4) >>> i % Integer.SIZE & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  private int links(byte[] head, int index) {
    return u16(head, index * superblock.inodeBytes() + 0x1a);
  }
}
