package drydock.fs.ext4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.fs.ext4.TinyVolume.Style;
import java.util.Arrays;

/**
 * Superblocks and group descriptors made of any bytes. The first byte picks the features of the
 * file system around them. Without {@code JAZZER_FUZZ=1} the inputs in the resources are run.
 */
class LayoutFuzzTest {
  private static final int SUPERBLOCK = 1024;
  private static final int SECOND_GROUP = 8193 * 1024;
  private static final int GROUP_BLOCKS = 24;

  @FuzzTest(maxDuration = "10m")
  void anySuperblockIsReadOrRefused(byte[] data) {
    if (data.length < 2) {
      return;
    }
    TinyVolume volume = new TinyVolume(Style.of(data[0])).sealed();
    volume.put(SUPERBLOCK, Arrays.copyOfRange(data, 2, data.length), 2 * SUPERBLOCK);
    if (data[1] % 2 == 0) {
      volume.sealed();
    }
    Reading.twice(volume.source());
  }

  /** The first superblock is gone; where a copy may lie there are these bytes. */
  @FuzzTest(maxDuration = "10m")
  void anyCopyOfASuperblockIsTakenOrPassedOver(byte[] data) {
    if (data.length < 1) {
      return;
    }
    TinyVolume volume = new TinyVolume(Style.of(data[0])).sealed();
    byte[] raw = Arrays.copyOf(volume.bytes(), SECOND_GROUP + SUPERBLOCK);
    System.arraycopy(raw, SUPERBLOCK, raw, SECOND_GROUP, SUPERBLOCK);
    raw[SECOND_GROUP + 0x5a] = 1;
    int length = Math.min(data.length - 1, SUPERBLOCK);
    System.arraycopy(data, 1, raw, SECOND_GROUP, length);
    Checksums.putInt(
        raw, SECOND_GROUP + 0x3fc, Checksums.crc32c(-1, raw, SECOND_GROUP, SUPERBLOCK - 4));
    Arrays.fill(raw, SUPERBLOCK, SUPERBLOCK + 256, (byte) 0);
    Reading.twice(new ArraySource(raw, Origin.of("tiny")));
  }

  /** Bits of the second byte: whose checksums fit. The second half of the rest is the copy. */
  @FuzzTest(maxDuration = "10m")
  void anyDescriptorsAreReadOrTheirCopies(byte[] data) {
    if (data.length < 2) {
      return;
    }
    TinyVolume volume = new TinyVolume(Style.of(data[0])).inGroupsOf(GROUP_BLOCKS).sealed();
    Seals seals = new Seals(volume.bytes(), volume.style);
    int table = volume.descriptorAt(0);
    int copy = table + GROUP_BLOCKS * volume.style.blockBytes;
    int length = (data.length - 2) / 2;
    volume.put(table, Arrays.copyOfRange(data, 2, 2 + length));
    volume.put(copy, Arrays.copyOfRange(data, 2 + length, data.length));
    for (int group = 0; group < 4; group++) {
      if ((data[1] & 1 << group) != 0) {
        seals.descriptor(volume.descriptorAt(group), group);
      }
      if ((data[1] & 16 << group) != 0) {
        seals.descriptor(copy + group * volume.descriptorBytes(), group);
      }
    }
    Reading.twice(volume.source());
  }
}
