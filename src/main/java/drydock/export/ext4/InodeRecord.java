package drydock.export.ext4;

import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inode of the image as it will lie in its table, but for its checksum. Layout: {@code
 * ksy/ext4_inode.ksy}. Not safe from several threads.
 */
final class InodeRecord {
  static final int BYTES = 256;
  static final int LINKS_AT = 0x1a;

  /** The fields behind the first 128 bytes: all that the kernel knows. */
  static final int EXTRA_BYTES = 32;

  /** The same without a birth time: an inode that ends before it says that there is none. */
  static final int EXTRA_BYTES_UNBORN = 16;

  /** How many links a file can have (kernel ext4.h, {@code EXT4_LINK_MAX}). */
  static final int MOST_LINKS = 65_000;

  static final int INDEXED = 0x1000;
  static final int EXTENTS = 0x8_0000;
  static final int ATTRIBUTE_VALUE = 0x20_0000;

  static final int BLOCK_FIELD = 0x28;
  static final int BLOCK_FIELD_BYTES = 60;

  private static final int CLASSIC_BYTES = 128;
  private static final int EXTRA_BYTES_AT = 0x80;
  private static final int SECTORS_PER_BLOCK = ImageFile.BLOCK_BYTES / 512;
  private static final long EARLIEST = Integer.MIN_VALUE;
  private static final long LATEST = Integer.MAX_VALUE + (3L << 32);

  private final byte[] raw;
  private final ByteBuffer fields;
  private long blocks;

  InodeRecord(byte[] raw) {
    this.raw = raw;
    this.fields = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private InodeRecord(int mode, int extraBytes) {
    this(new byte[BYTES]);
    fields.putShort(0x0, (short) mode);
    fields.putShort(LINKS_AT, (short) 1);
    fields.putShort(EXTRA_BYTES_AT, (short) extraBytes);
  }

  /**
   * One of a file that is exported; what cannot be kept of its owner, mode and times is told. Links
   * are counted anew: there are as many as names are exported.
   */
  static InodeRecord of(FileMeta meta, List<String> notKept) {
    int mode = formatBits(meta.type()) | meta.permissions() & 0xfff;
    boolean isUnborn = meta.times().born() == null;
    InodeRecord record = new InodeRecord(mode, isUnborn ? EXTRA_BYTES_UNBORN : EXTRA_BYTES);
    record.fields.putShort(0x2, (short) meta.uid());
    record.fields.putShort(0x78, (short) (meta.uid() >>> 16));
    record.fields.putShort(0x18, (short) meta.gid());
    record.fields.putShort(0x7a, (short) (meta.gid() >>> 16));
    record.putTimes(meta.times(), notKept);
    return record;
  }

  /** One that holds the value of an extended attribute (kernel {@code fs/ext4/xattr.c}). */
  static InodeRecord ofValue(int valueHash) {
    InodeRecord record = new InodeRecord(formatBits(NodeType.FILE) | 0600, EXTRA_BYTES);
    record.fields.putInt(0x8, valueHash);
    record.fields.putInt(0x24, 1); // how many attributes have this value
    record.flag(ATTRIBUTE_VALUE);
    return record;
  }

  private static int formatBits(NodeType type) {
    return switch (type) {
      case FIFO -> 0x1000;
      case CHARACTER -> 0x2000;
      case DIRECTORY -> 0x4000;
      case BLOCK -> 0x6000;
      case FILE -> 0x8000;
      case SYMLINK -> 0xa000;
      case SOCKET -> 0xc000;
      case UNKNOWN -> 0;
    };
  }

  private void putTimes(FileTimes times, List<String> notKept) {
    putTime(0x8, 0x8c, times.accessed(), "accessed", notKept);
    putTime(0xc, 0x84, times.changed(), "changed", notKept);
    putTime(0x10, 0x88, times.modified(), "modified", notKept);
    if (times.born() != null) {
      putTime(0x90, 0x94, times.born(), "born", notKept);
    }
  }

  /** Two more bits of seconds lie below the nanoseconds, in the second word. */
  private void putTime(
      int at, int extraAt, @Nullable Instant time, String name, List<String> notKept) {
    if (time == null) {
      notKept.add("not known, 1970-01-01 stands for it: " + name);
      return;
    }
    long seconds = Math.max(EARLIEST, Math.min(LATEST, time.getEpochSecond()));
    boolean fits = seconds == time.getEpochSecond();
    if (!fits) {
      notKept.add(
          "beyond what ext4 can keep, "
              + Instant.ofEpochSecond(seconds)
              + " stands for it: "
              + name);
    }
    int low = (int) seconds;
    int epoch = (int) ((seconds - low) >>> 32) & 0x3;
    fields.putInt(at, low);
    fields.putInt(extraAt, (fits ? time.getNano() : 0) << 2 | epoch);
  }

  /** A device's number: the old encoding where it fits, as the kernel does. */
  void device(Device device, List<String> notKept) {
    long major = device.major();
    long minor = device.minor();
    if (major < 0x100 && minor < 0x100) {
      fields.putInt(BLOCK_FIELD, (int) (major << 8 | minor));
    } else if (major < 0x1000 && minor < 0x10_0000) {
      int wide = (int) (minor & 0xff | major << 8 | (minor & ~0xffL) << 12);
      fields.putInt(BLOCK_FIELD + 4, wide);
    } else {
      notKept.add("a device number that Linux does not have, 0:0 stands for it: " + device);
    }
  }

  void size(long bytes) {
    fields.putInt(0x4, (int) bytes);
    fields.putInt(0x6c, (int) (bytes >>> 32));
  }

  void links(int count) {
    fields.putShort(LINKS_AT, (short) count);
  }

  void flag(int flag) {
    fields.putInt(0x20, fields.getInt(0x20) | flag);
  }

  /** Counts blocks that the inode has, in content, maps and attributes. */
  void addBlocks(long count) {
    blocks += count;
    long sectors = blocks * SECTORS_PER_BLOCK;
    fields.putInt(0x1c, (int) sectors);
    fields.putShort(0x74, (short) (sectors >>> 32));
  }

  /** Where extended attributes begin: behind all fields. */
  int attributesAt() {
    return CLASSIC_BYTES + fields.getShort(EXTRA_BYTES_AT);
  }

  /** The block with extended attributes. */
  void attributeBlock(long block) {
    fields.putInt(0x68, (int) block);
    fields.putShort(0x76, (short) (block >>> 32));
  }

  /** The bytes, not copied. */
  byte[] raw() {
    return raw;
  }
}
