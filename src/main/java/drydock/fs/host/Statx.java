package drydock.fs.host;

import drydock.bytes.LittleEndian;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What statx(2) fills in; the same on all machines (kernel {@code include/uapi/linux/stat.h}).
 *
 * <pre>
 *     0  u32 mask        16  u32 nlink    32  u64 ino     64 atime   96 ctime   128 u32 rdev major, minor
 *     4  u32 blksize     20  u32 uid      40  u64 size    80 btime  112 mtime   136 u32 dev major, minor
 *     8  u64 attributes  24  u32 gid      48  u64 blocks        each: i64 seconds, u32 nanoseconds, i32
 *                        28  u16 mode     56  u64 attributes mask
 * </pre>
 */
final class Statx {
  static final int BYTES = 256;

  /** Basic facts and the birth. */
  static final int MASK = 0xfff;

  private static final int HAS_ACCESSED = 0x20;
  private static final int HAS_BIRTH = 0x800;

  private record Identity(long deviceMajor, long deviceMinor, long inode) {}

  private Statx() {}

  static Host.Stat decode(byte[] raw) {
    int mask = LittleEndian.i32(raw, 0);
    int mode = LittleEndian.u16(raw, 28);
    NodeType type = NodeType.ofMode(mode);
    long inode = LittleEndian.i64(raw, 32);
    Device device =
        type.isDevice() ? new Device(LittleEndian.u32(raw, 128), LittleEndian.u32(raw, 132)) : null;
    FileTimes times =
        new FileTimes(
            time(raw, 112),
            (mask & HAS_ACCESSED) == 0 ? null : time(raw, 64),
            time(raw, 96),
            (mask & HAS_BIRTH) == 0 ? null : time(raw, 80),
            null);
    FileMeta meta =
        new FileMeta(
            inode,
            type,
            mode & 07777,
            LittleEndian.u32(raw, 20),
            LittleEndian.u32(raw, 24),
            LittleEndian.i64(raw, 40),
            LittleEndian.u32(raw, 16),
            device,
            times);
    Identity identity = new Identity(LittleEndian.u32(raw, 136), LittleEndian.u32(raw, 140), inode);
    return new Host.Stat(meta, identity);
  }

  /** Null for what no clock shows: a file system may hold any 64-bit number. */
  private static @Nullable Instant time(byte[] raw, int at) {
    long seconds = LittleEndian.i64(raw, at);
    long nanoseconds = LittleEndian.u32(raw, at + 8);
    if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond() - 4) {
      return null;
    }
    return Instant.ofEpochSecond(seconds, nanoseconds);
  }
}
