package drydock.fs.ext4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.ext4.TinyVolume.Style;
import drydock.ksy.Ext4Inode;
import drydock.shape.Shape;
import java.io.IOException;
import java.util.Arrays;

/**
 * Inodes made of any bytes, and what hangs on them: extent trees, block numbers, inline data,
 * extended attributes. The first byte picks the features of the file system around them.
 */
class InodeFuzzTest {
  private static final int BLOCK_FIELD = 0x28;
  private static final int BLOCK_FIELD_BYTES = 60;
  private static final int FIRST_FREE = 8;
  private static final int FLAGS = 0x20;
  private static final int VALUE_FLAG = 0x200000;

  @FuzzTest(maxDuration = "10m")
  void anyInodeIsReadOrRefused(byte[] data) throws IOException {
    if (data.length < 2) {
      return;
    }
    TinyVolume volume = new TinyVolume(Style.of(data[0])).sealed();
    int slot = volume.slot(TinyVolume.FILE);
    volume.put(slot, rest(data, 2), slot + volume.style.inodeBytes);
    seal(volume, data[1]);
    shapeAgrees(volume, slot);
    Reading.twice(volume.source());
  }

  /** The first 60 bytes are the root; after it come the blocks behind the metadata. */
  @FuzzTest(maxDuration = "10m")
  void anyExtentTreeIsReadOrRefused(byte[] data) {
    mapped(data, new Style[] {Style.EXT4, Style.SUMS, Style.WIDE, Style.CLUSTERS}, true);
  }

  @FuzzTest(maxDuration = "10m")
  void anyBlockNumbersAreReadOrRefused(byte[] data) {
    mapped(data, new Style[] {Style.EXT3, Style.OLDEST, Style.NO_TYPES, Style.SUMS}, false);
  }

  private static void mapped(byte[] data, Style[] styles, boolean extents) {
    if (data.length < 12) {
      return;
    }
    TinyVolume volume = new TinyVolume(styles[(data[0] & 0xff) % styles.length]).sealed();
    int kind = data[1] & 3;
    if (kind == 1) {
      volume.directory(TinyVolume.FILE, FIRST_FREE, 1);
    } else if (kind == 2) {
      volume.raw.putShort(volume.slot(TinyVolume.FILE), (short) 0xa1ff);
    }
    int slot = volume.slot(TinyVolume.FILE);
    volume.put(slot + 0x4, Arrays.copyOfRange(data, 2, 6));
    volume.put(slot + 0x6c, Arrays.copyOfRange(data, 6, 10));
    volume.raw.putInt(slot + FLAGS, extents ? TinyVolume.EXTENTS : 0);
    byte[] root = Arrays.copyOfRange(data, 10, 10 + BLOCK_FIELD_BYTES);
    volume.put(slot + BLOCK_FIELD, root);
    volume.put(volume.dataAt(FIRST_FREE), rest(data, 10 + BLOCK_FIELD_BYTES));
    if ((data[1] & 4) != 0) {
      Seals seals = new Seals(volume.bytes(), volume.style);
      for (int i = FIRST_FREE; i < TinyVolume.DATA_BLOCKS; i++) {
        seals.extents(volume.dataAt(i), TinyVolume.FILE, slot);
      }
      volume.sealed();
    }
    Reading.twice(volume.source());
  }

  /** The content of a file, a directory or a link, in its inode; the bytes go over all of it. */
  @FuzzTest(maxDuration = "10m")
  void anyInlineDataIsReadOrRefused(byte[] data) {
    if (data.length < 4) {
      return;
    }
    TinyVolume volume = new TinyVolume(Style.INLINED).sealed();
    int[] kinds = {TinyVolume.FILE, TinyVolume.DIRECTORY, TinyVolume.LINK};
    int inode = kinds[(data[0] & 0xff) % kinds.length];
    int slot = volume.slot(inode);
    volume.raw.putInt(slot + FLAGS, TinyVolume.INLINE);
    volume.raw.putInt(slot + 0x4, data[2] & 0xff | (data[3] & 1) << 8);
    volume.raw.putShort(slot + 0x80, (short) 32);
    byte[] content = rest(data, 4);
    volume.put(slot + BLOCK_FIELD, content, slot + BLOCK_FIELD + BLOCK_FIELD_BYTES);
    int end = slot + volume.style.inodeBytes;
    volume.put(slot + 0xa0, rest(content, BLOCK_FIELD_BYTES), end);
    seal(volume, data[1]);
    Reading.twice(volume.source());
  }

  /** A table behind the inode's fields, one in a block, and values in an inode of their own. */
  @FuzzTest(maxDuration = "10m")
  void anyAttributesAreReadOrLeftOut(byte[] data) {
    if (data.length < 4) {
      return;
    }
    Style[] styles = {Style.VALUES, Style.EXT4, Style.EXT3, Style.WIDE, Style.FOLDED};
    TinyVolume volume = new TinyVolume(styles[(data[0] & 0xff) % styles.length]).sealed();
    int slot = volume.slot(TinyVolume.FILE);
    int body = Math.min(data[2] & 0xff, data.length - 4);
    if (volume.style.inodeBytes > 128) {
      int end = slot + volume.style.inodeBytes;
      volume.put(slot + 0xa0, Arrays.copyOfRange(data, 4, 4 + body), end);
    }
    int block = volume.dataAt(FIRST_FREE);
    volume.put(block, rest(data, 4 + body));
    volume.raw.putInt(slot + 0x68, (data[3] & 1) != 0 ? volume.data(FIRST_FREE) : 0);
    if ((data[3] & 2) != 0) {
      volume.flag(TinyVolume.HOLDER, VALUE_FLAG);
    }
    if ((data[3] & 4) != 0) {
      new Seals(volume.bytes(), volume.style).attributes(block, volume.data(FIRST_FREE));
    }
    seal(volume, data[1]);
    Reading.twice(volume.source());
  }

  private static byte[] rest(byte[] data, int from) {
    return Arrays.copyOfRange(data, Math.min(from, data.length), data.length);
  }

  private static void seal(TinyVolume volume, byte how) {
    if ((how & 1) != 0) {
      volume.sealed();
    }
  }

  private static void shapeAgrees(TinyVolume volume, int slot) throws IOException {
    byte[] raw = Arrays.copyOfRange(volume.bytes(), slot, slot + volume.style.inodeBytes);
    Origin origin = Origin.of("inode");
    Superblock superblock =
        Superblock.decode(Arrays.copyOfRange(volume.bytes(), 1024, 2048), origin);
    try {
      Ext4Inode shape = Shape.decode(raw, origin, "inode", Ext4Inode::new);
      FlyweightsTest.fieldsAgree(new Inode(TinyVolume.FILE, raw, superblock), shape);
    } catch (CorruptDataException e) {
      return; // the shape asks for more than the flyweight does
    }
  }
}
