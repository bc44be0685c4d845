package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.LittleEndian;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One inode: a flyweight over the bytes of its slot in the inode table, whose layout is {@code
 * ksy/ext4_inode.ksy}. Immutable. Knowledge: kernel {@code fs/ext4/inode.c}, {@code __ext4_iget};
 * {@code fs/ext4/ext4.h} for times.
 */
public final class Inode {
  static final int CLASSIC_BYTES = 128;
  static final int BLOCK_FIELD = 0x28;
  static final int BLOCK_FIELD_BYTES = 60;

  /** The fields that the kernel (4.x and later) knows behind the first 128 bytes. */
  private static final int KERNEL_EXTRA_BYTES = 32;

  private static final int EPOCH_BITS = 0x3;

  private final long number;
  private final byte[] raw;
  private final int extraBytes;
  private final Superblock superblock;

  /** {@code raw} is the slot as it lies in the table and is not written to any more. */
  Inode(long number, byte[] raw, Superblock superblock) {
    this.number = number;
    this.raw = raw;
    this.superblock = superblock;
    this.extraBytes = hasSoundExtraBytes() ? statedExtraBytes() : 0;
  }

  public long number() {
    return number;
  }

  /** The slot's bytes, copied. */
  public byte[] raw() {
    return raw.clone();
  }

  byte[] shared() {
    return raw;
  }

  /** Type, set-id bits and permissions, sixteen bits. */
  public int mode() {
    return u16(raw, 0);
  }

  public NodeType type() {
    return NodeType.ofMode(mode());
  }

  public long uid() {
    return u16(raw, 0x2) | (long) u16(raw, 0x78) << 16;
  }

  public long gid() {
    return u16(raw, 0x18) | (long) u16(raw, 0x7a) << 16;
  }

  /** In bytes; negative when it is stored larger than any file can be. */
  public long size() {
    long low = u32(raw, 0x4);
    boolean wide = type() == NodeType.FILE || superblock.features().has(Feature.LARGE_DIR);
    return wide ? low | u32(raw, 0x6c) << 32 : low;
  }

  public int links() {
    return u16(raw, 0x1a);
  }

  /** The project it belongs to; null where inodes keep none. */
  public @Nullable Long project() {
    return superblock.features().has(Feature.PROJECT) && hasField(0x9c, 4) ? u32(raw, 0x9c) : null;
  }

  /**
   * The fields that only the Hurd has: which translator the node has (a block number), the upper
   * half of its mode, its author; null where another system made the file system.
   */
  public @Nullable HurdFields hurdFields() {
    return superblock.bookkeeping().isHurd()
        ? new HurdFields(u32(raw, 0x24), u16(raw, 0x76), u32(raw, 0x7c))
        : null;
  }

  /** See {@link #hurdFields}. */
  public record HurdFields(long translatorBlock, int modeHigh, long author) {}

  /** Counts changes, for NFS; the upper half is kept in large inodes only. 0 from the Hurd. */
  public long version() {
    if (superblock.bookkeeping().isHurd()) {
      return 0;
    }
    return u32(raw, 0x24) | (hasField(0x98, 4) ? u32(raw, 0x98) << 32 : 0);
  }

  /** The flags by their names, in the order of their bits. */
  public Set<InodeFlag> flagSet() {
    return InodeFlag.of(flags());
  }

  /** What it takes on the disk, in units of 512 bytes. */
  public long sectors() {
    long low = u32(raw, 0x1c);
    if (!superblock.features().has(Feature.HUGE_FILE)) {
      return low;
    }
    long all = low | (long) u16(raw, 0x74) << 32;
    return has(InodeFlag.HUGE_FILE) ? all * (superblock.blockBytes() / 512) : all;
  }

  public int flags() {
    return i32(raw, 0x20);
  }

  public boolean has(InodeFlag flag) {
    return (flags() & flag.mask()) != 0;
  }

  public long generation() {
    return u32(raw, 0x64);
  }

  /** The block with more extended attributes; 0 when there is none. */
  public long attributeBlock() {
    long low = u32(raw, 0x68);
    return superblock.features().has(Feature.SIXTY_FOUR_BIT)
        ? low | (long) u16(raw, 0x76) << 32
        : low;
  }

  /** The 60 bytes that tell where the content lies, or are the content. */
  public byte[] blockField() {
    return Arrays.copyOfRange(raw, BLOCK_FIELD, BLOCK_FIELD + BLOCK_FIELD_BYTES);
  }

  /** How many bytes behind the first 128 are fields. */
  public int extraBytes() {
    return extraBytes;
  }

  int statedExtraBytes() {
    return raw.length > CLASSIC_BYTES ? u16(raw, 0x80) : 0;
  }

  boolean hasSoundExtraBytes() {
    int stated = statedExtraBytes();
    return stated <= raw.length - CLASSIC_BYTES && stated % 4 == 0;
  }

  /** Whether nothing was ever written to the slot, or it was wiped. */
  public boolean isBlank() {
    for (byte each : raw) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** The next inode on the orphan list, or the seconds when this one was deleted. */
  public long deletionField() {
    return u32(raw, 0x14);
  }

  public FileTimes times() {
    long modified = stored(0x10, 0x88);
    long accessed = stored(0x8, 0x8c);
    long changed = stored(0xc, 0x84);
    Instant known = time(modified);
    return new FileTimes(
        known,
        accessed == modified ? known : time(accessed),
        changed == modified ? known : time(changed),
        born(modified, known),
        deleted());
  }

  /** Most files have one time several times: to make an object of it costs divisions. */
  private @Nullable Instant born(long modified, Instant known) {
    if (!hasField(0x90, 4)) {
      return null;
    }
    long born = stored(0x90, 0x94);
    return born == modified ? known : time(born);
  }

  /** A number of an inode is the next one on the orphan list, not a time. */
  private @Nullable Instant deleted() {
    long seconds = deletionField();
    boolean isListLink = seconds <= superblock.inodes();
    return seconds == 0 || isListLink ? null : Instant.ofEpochSecond(seconds);
  }

  /** The seconds, and above them what their extra field says; 0 where there is none. */
  private long stored(int at, int extraAt) {
    long extra = hasField(extraAt, 4) ? u32(raw, extraAt) << 32 : 0;
    return extra | u32(raw, at);
  }

  private static Instant time(long stored) {
    long seconds = (int) stored;
    long extra = stored >>> 32;
    return Instant.ofEpochSecond(seconds + ((extra & EPOCH_BITS) << 32), extra >> 2);
  }

  /** What says that it has no fields behind the first 128 bytes has room for the kernel's own. */
  private boolean hasField(int at, int length) {
    int fields = statedExtraBytes() == 0 ? KERNEL_EXTRA_BYTES : extraBytes;
    return at + length <= Math.min(raw.length, CLASSIC_BYTES + fields);
  }

  /** A device node's number; new ones have it in the second word, in Linux's wide encoding. */
  public Device device() {
    long old = u32(raw, BLOCK_FIELD);
    if (old != 0) {
      return new Device(old >> 8 & 0xff, old & 0xff);
    }
    long wide = u32(raw, BLOCK_FIELD + 4);
    return new Device(wide >> 8 & 0xfff, wide & 0xff | wide >> 12 & 0xfff00);
  }

  public FileMeta meta() {
    NodeType type = type();
    return new FileMeta(
        number,
        type,
        mode() & 0xfff,
        uid(),
        gid(),
        size(),
        links(),
        type.isDevice() ? device() : null,
        times());
  }

  int word(int at) {
    return LittleEndian.i32(raw, at);
  }
}
