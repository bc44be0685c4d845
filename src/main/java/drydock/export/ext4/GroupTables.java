package drydock.export.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes the records of all groups when everything else is there: bitmaps, tables of inodes,
 * descriptors; and counts what is free. Not safe from several threads.
 */
final class GroupTables {
  static final int DESCRIPTOR_BYTES = 64;

  private static final int TABLE_ZEROED = 0x4;
  private static final int FORMAT_BITS = 0xf000;
  private static final int DIRECTORY_BITS = 0x4000;
  private static final int PIECE = 4096;

  private final ImageFile image;
  private final Seals seals;
  private final GroupLayout layout;
  private final long firstData;
  private final InodeSpool inodes;
  private long freeBlocks;
  private long freeInodes;

  /**
   * Of a file system in which blocks are free from the last descriptor to the first data, and
   * behind what is used.
   */
  GroupTables(ImageFile image, Seals seals, GroupLayout layout, long firstData, InodeSpool inodes) {
    this.image = image;
    this.seals = seals;
    this.layout = layout;
    this.firstData = firstData;
    this.inodes = inodes;
  }

  long freeBlocks() {
    return freeBlocks;
  }

  long freeInodes() {
    return freeInodes;
  }

  /** One group's descriptor while it is filled. */
  private static final class Descriptor {
    final byte[] raw = new byte[DESCRIPTOR_BYTES];
    final ByteBuffer fields = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);

    /** A number of which the lower and the upper half lie apart. */
    void putInts(int low, int high, long value) {
      fields.putInt(low, (int) value);
      fields.putInt(high, (int) (value >>> 32));
    }

    void putShorts(int low, int high, int value) {
      fields.putShort(low, (short) value);
      fields.putShort(high, (short) (value >>> 16));
    }
  }

  /** Kind by kind, in the order in which they lie. */
  void write() throws IOException {
    Descriptor[] descriptors = new Descriptor[layout.groups()];
    for (int group = 0; group < descriptors.length; group++) {
      descriptors[group] = new Descriptor();
      writeBlockBitmap(group, descriptors[group]);
    }
    for (int group = 0; group < descriptors.length; group++) {
      writeInodeBitmap(group, descriptors[group]);
    }
    for (int group = 0; group < descriptors.length; group++) {
      writeTable(group, descriptors[group]);
    }
    for (int group = 0; group < descriptors.length; group++) {
      Descriptor descriptor = descriptors[group];
      descriptor.fields.putShort(0x12, (short) TABLE_ZEROED);
      seals.descriptor(group, descriptor.raw);
      long place = GroupLayout.DESCRIPTORS_AT + (long) group * DESCRIPTOR_BYTES;
      image.put(place, descriptor.raw, 0, DESCRIPTOR_BYTES);
    }
  }

  private void writeBlockBitmap(int group, Descriptor descriptor) throws IOException {
    byte[] bitmap = new byte[ImageFile.BLOCK_BYTES];
    Arrays.fill(bitmap, (byte) 0xff);
    long first = (long) group * layout.blocksPerGroup();
    int size = layout.blocksOf(group);
    int free = clear(bitmap, layout.descriptorsEnd() - first, firstData - first, size);
    free += clear(bitmap, layout.usedBlocks() - first, layout.blocks() - first, size);
    freeBlocks += free;
    long place = layout.blockBitmaps() + group;
    image.put(place, bitmap);
    descriptor.putInts(0x0, 0x20, place);
    descriptor.putShorts(0xc, 0x2c, free);
    descriptor.putShorts(0x18, 0x38, seals.sum(bitmap, layout.blocksPerGroup() / Byte.SIZE));
  }

  /** Clears the bits of a range as far as a group has them; gives how many. */
  private static int clear(byte[] bitmap, long from, long to, int most) {
    int first = (int) Math.max(0, Math.min(most, from));
    int end = (int) Math.max(0, Math.min(most, to));
    for (int bit = first; bit < end; bit++) {
      bitmap[bit / Byte.SIZE] &= (byte) ~(1 << bit % Byte.SIZE);
    }
    return Math.max(0, end - first);
  }

  /** How many numbers of a group are in use: the first ones. */
  private int used(int group) {
    long before = (long) group * layout.inodesPerGroup();
    return (int) Math.max(0, Math.min(layout.inodesPerGroup(), inodes.last() - before));
  }

  private void writeInodeBitmap(int group, Descriptor descriptor) throws IOException {
    byte[] bitmap = new byte[ImageFile.BLOCK_BYTES];
    Arrays.fill(bitmap, (byte) 0xff);
    int free = clear(bitmap, used(group), layout.inodesPerGroup(), layout.inodesPerGroup());
    freeInodes += free;
    long place = layout.inodeBitmaps() + group;
    image.put(place, bitmap);
    descriptor.putInts(0x4, 0x24, place);
    descriptor.putShorts(0xe, 0x2e, free);
    descriptor.putShorts(0x1c, 0x32, free); // never used: they lie at the table's end
    descriptor.putShorts(0x1a, 0x3a, seals.sum(bitmap, layout.inodesPerGroup() / Byte.SIZE));
  }

  private void writeTable(int group, Descriptor descriptor) throws IOException {
    int used = used(group);
    long before = (long) group * layout.inodesPerGroup();
    long place = layout.table(group) * ImageFile.BLOCK_BYTES;
    byte[] piece = new byte[Math.min(PIECE, Math.max(used, 1)) * InodeRecord.BYTES];
    int directories = 0;
    for (int done = 0; done < used; done += PIECE) {
      int count = Math.min(PIECE, used - done);
      inodes.read(before + done + 1, piece, count);
      for (int i = 0; i < count; i++) {
        int from = i * InodeRecord.BYTES;
        seals.inode(before + done + i + 1, piece, from);
        int mode = (piece[from] & 0xff) | (piece[from + 1] & 0xff) << 8;
        directories += (mode & FORMAT_BITS) == DIRECTORY_BITS ? 1 : 0;
      }
      image.put(place + (long) done * InodeRecord.BYTES, piece, 0, count * InodeRecord.BYTES);
    }
    descriptor.putInts(0x8, 0x28, layout.table(group));
    descriptor.putShorts(0x10, 0x30, directories);
  }
}
