package drydock.fs.ext4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.fs.ext4.TinyVolume.Style;
import java.util.Arrays;

/**
 * Bitmaps, the orphan list, the orphan file and deleted inodes made of any bytes: what is told of
 * deleted files.
 */
class OrphansFuzzTest {
  private static final int FIRST_GONE = 16;
  private static final int GONE = 6;
  private static final int FIELDS = 14;
  private static final int FIRST_BLOCK = 8;
  private static final int LIST = 64;

  /** Fields of a deleted inode that a fuzzer would else have to find: where, and how long. */
  private static final int[][] SLOT = {
    {0, 2}, {0x14, 4}, {0x1a, 1}, {0x20, 1}, {0x3c, 1}, {0x64, 1}
  };

  /**
   * First the features, what is sealed, the head of the orphan list; then the bitmaps' first bytes,
   * the fields of some inodes, and the orphan file.
   */
  @FuzzTest(maxDuration = "10m")
  void anyDeletedFilesAreTold(byte[] data) {
    if (data.length < 16) {
      return;
    }
    Style[] styles = {Style.ORPHANS, Style.SUMS, Style.EXT3, Style.WIDE, Style.CLUSTERS};
    TinyVolume volume = new TinyVolume(styles[(data[0] & 0xff) % styles.length]).sealed();
    volume.raw.putInt(1024 + 0xe8, data[2]);
    int bitmaps = volume.raw.getInt(volume.descriptorAt(0)) * volume.style.blockBytes;
    volume.put(bitmaps, Arrays.copyOfRange(data, 3, 11));
    volume.put(bitmaps + volume.style.blockBytes, Arrays.copyOfRange(data, 11, 15));
    volume.raw.putShort(volume.descriptorAt(0) + 0x12, data[15]);
    byte[] rest = Arrays.copyOfRange(data, 16, 16 + GONE * FIELDS + LIST);
    for (int i = 0; i < GONE; i++) {
      gone(volume, FIRST_GONE + i, Arrays.copyOfRange(rest, i * FIELDS, (i + 1) * FIELDS));
    }
    orphanFile(volume, Arrays.copyOfRange(rest, GONE * FIELDS, rest.length), data[1]);
    if ((data[1] & 1) != 0) {
      volume.sealed();
    }
    Reading.twice(volume.source());
  }

  private static void gone(TinyVolume volume, int inode, byte[] fields) {
    if (fields[0] == 0 && fields[1] == 0) {
      return;
    }
    volume.file(inode, 0x8180, 1 + (fields[12] & 0xff) * 64L, FIRST_BLOCK + (fields[13] & 7), 2);
    int slot = volume.slot(inode);
    int from = 0;
    for (int[] part : SLOT) {
      volume.put(slot + part[0], Arrays.copyOfRange(fields, from, from + part[1]));
      from += part[1];
    }
    volume.raw.putInt(slot + 0x20, volume.style.hasExtents() ? TinyVolume.EXTENTS : 0);
    volume.raw.putShort(slot + 0x38, fields[8]).putInt(slot + 0x3c, volume.data(fields[9] & 0x3f));
  }

  private static void orphanFile(TinyVolume volume, byte[] numbers, byte how) {
    int at = volume.dataAt(6);
    volume.file(TinyVolume.HOLDER, 0x8180, volume.style.blockBytes, 6, 1);
    for (int i = 0; i < numbers.length; i++) {
      volume.raw.putInt(at + 4 * i, numbers[i] == -1 ? 0x7fff_ffff : numbers[i]);
    }
    int tail = at + volume.style.blockBytes - 8;
    volume.raw.putInt(tail, 0x0b10ca04);
    if ((how & 2) != 0) {
      new Seals(volume.bytes(), volume.style)
          .orphans(at, volume.data(6), TinyVolume.HOLDER, volume.slot(TinyVolume.HOLDER));
    }
  }
}
