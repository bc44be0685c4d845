package drydock.fs.ext4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.fs.ext4.TinyVolume.Style;
import java.util.Arrays;

/**
 * Directories whose blocks are made of any bytes. The first byte picks the features of the file
 * system, the second one flags of the directory and whether checksums fit.
 */
class DirectoryFuzzTest {
  private static final int FIRST_FREE = 8;
  private static final int MAX_BLOCKS = 16;
  private static final int DIR = TinyVolume.DIRECTORY;
  private static final int[] FLAGS = {0, 0x800, 0x40000000, 0x40000800};

  @FuzzTest(maxDuration = "10m")
  void anyBlocksOfNamesAreReadOrPassedOver(byte[] data) {
    read(data, Style.values(), 0);
  }

  @FuzzTest(maxDuration = "10m")
  void anyHashTreeLeadsToItsNamesOrIsTold(byte[] data) {
    Style[] styles = {Style.EXT3, Style.SUMS, Style.WIDE, Style.FOLDED, Style.NO_TYPES};
    read(data, styles, TinyVolume.INDEXED);
  }

  private static void read(byte[] data, Style[] styles, int flags) {
    if (data.length < 2) {
      return;
    }
    TinyVolume volume = new TinyVolume(styles[(data[0] & 0xff) % styles.length]).sealed();
    int blockBytes = volume.style.blockBytes;
    int length = data.length - 2;
    int count = Math.max(1, Math.min(MAX_BLOCKS, (length + blockBytes - 1) / blockBytes));
    volume.directory(DIR, FIRST_FREE, count);
    volume.flag(DIR, flags | FLAGS[data[1] & 3]);
    int from = volume.dataAt(FIRST_FREE);
    volume.put(from, Arrays.copyOfRange(data, 2, data.length), from + count * blockBytes);
    if ((data[1] & 4) != 0) {
      seal(volume, count, flags != 0);
    }
    Reading.twice(volume.source());
  }

  private static void seal(TinyVolume volume, int blocks, boolean indexed) {
    Seals seals = new Seals(volume.bytes(), volume.style);
    int slot = volume.slot(DIR);
    for (int i = 0; i < blocks; i++) {
      int at = volume.dataAt(FIRST_FREE + i);
      seals.leaf(at, DIR, slot);
      boolean isNode = volume.raw.getInt(at) == 0;
      if (indexed && (i == 0 || isNode)) {
        seals.index(at, i == 0 ? 0x20 : 0x8, DIR, slot);
      }
    }
    volume.sealed();
  }
}
