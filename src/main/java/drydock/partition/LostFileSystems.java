package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for ext2, ext3 and ext4 file systems where partitions usually start, for a disk whose table
 * is gone: at each MiB, and at sector 63. Knowledge: kernel {@code fs/ext4/ext4.h}, struct
 * ext4_super_block.
 *
 * <p>Known holes are skipped and at most {@value #MAX_PROBES} places are looked at.
 */
public final class LostFileSystems {
  /** A file system that seems to start at an offset; the size is what it says of itself. */
  public record Lost(long offset, long size, String label) {}

  private static final int MAX_PROBES = 1 << 16;
  private static final int MAX_FOUND = 64;
  private static final long STEP = 1 << 20;
  private static final long OLD_START = 63L * 512;
  private static final int SUPERBLOCK_AT = 1024;
  private static final int SUPERBLOCK_BYTES = 1024;
  private static final int MAGIC = 0xef53;
  private static final int MAX_LOG_BLOCK = 6;

  private LostFileSystems() {}

  /**
   * Those found, in the order of the disk; what lies inside one that was found is not looked at.
   */
  public static List<Lost> find(ByteSource disk) {
    List<Lost> found = new ArrayList<>();
    long free = probe(disk, OLD_START, found) ? end(found) : 0;
    long at = 0;
    for (int probes = 0; probes < MAX_PROBES && found.size() < MAX_FOUND; probes++) {
      at = Math.max(at, roundUp(free));
      long data = disk.nextData(at + SUPERBLOCK_AT);
      if (data > at + SUPERBLOCK_AT + SUPERBLOCK_BYTES) {
        at = data / STEP * STEP;
        at += data % STEP >= SUPERBLOCK_AT + SUPERBLOCK_BYTES ? STEP : 0;
      }
      if (at > disk.size() - SUPERBLOCK_AT - SUPERBLOCK_BYTES) {
        break;
      }
      free = probe(disk, at, found) ? end(found) : free;
      at += STEP;
    }
    return List.copyOf(found);
  }

  private static long end(List<Lost> found) {
    Lost last = found.get(found.size() - 1);
    return last.offset + last.size;
  }

  private static long roundUp(long position) {
    return position > Long.MAX_VALUE - STEP ? position : (position + STEP - 1) / STEP * STEP;
  }

  private static boolean probe(ByteSource disk, long start, List<Lost> found) {
    if (start > disk.size() - SUPERBLOCK_AT - SUPERBLOCK_BYTES) {
      return false;
    }
    try {
      return decode(disk.bytes(start + SUPERBLOCK_AT, SUPERBLOCK_BYTES), start, disk.size(), found);
    } catch (IOException e) {
      return false; // not readable: nothing can be found here
    }
  }

  /** Copies of the superblock, which name their block group, do not count. */
  private static boolean decode(byte[] raw, long start, long diskSize, List<Lost> found) {
    long logBlock = LittleEndian.u32(raw, 0x18);
    boolean wide = (LittleEndian.i32(raw, 0x60) & 0x80) != 0;
    long high = wide ? LittleEndian.u32(raw, 0x150) : 0;
    boolean plausible =
        LittleEndian.u16(raw, 0x38) == MAGIC
            && LittleEndian.u16(raw, 0x5a) == 0
            && LittleEndian.u32(raw, 0x4c) <= 1
            && LittleEndian.u32(raw, 0) > 0
            && logBlock <= MAX_LOG_BLOCK
            && high < 1 << 12;
    if (!plausible) {
      return false;
    }
    long blocks = LittleEndian.u32(raw, 4) | high << 32;
    long size = Math.min(blocks << (10 + logBlock), diskSize - start);
    if (blocks == 0) {
      return false;
    }
    int end = 0x78;
    while (end < 0x88 && raw[end] != 0) {
      end++;
    }
    String label = new String(raw, 0x78, end - 0x78, StandardCharsets.UTF_8);
    found.add(new Lost(start, size, label));
    return true;
  }
}
