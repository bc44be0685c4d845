package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.ksy.Ext4Superblock;
import drydock.shape.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A device that holds nothing but the journal of a file system elsewhere. It starts like a file
 * system, with a superblock whose UUID the other's superblock names; the journal's own superblock
 * is in the block behind that one. Blocks of the log are counted from the start of the device
 * (kernel {@code fs/ext4/super.c}, {@code ext4_get_journal_blkdev}; {@code fs/jbd2/journal.c},
 * {@code jbd2_journal_bmap}).
 *
 * @param uuid 16 bytes
 * @param superblockBlock where the journal's own superblock lies
 */
record JournalDevice(ByteSource device, int blockBytes, byte[] uuid, long superblockBlock) {
  private static final byte[] MAGIC = HexFormat.of().parseHex("c03b3998");

  /** What a device is, if it is such a journal; damage means no. */
  static Optional<JournalDevice> of(ByteSource device) throws IOException {
    if (device.size() < Superblock.OFFSET + Superblock.BYTES) {
      return Optional.empty();
    }
    byte[] raw = device.bytes(Superblock.OFFSET, Superblock.BYTES);
    Ext4Superblock shape;
    try {
      shape = Shape.decode(raw, device.origin(), "ext4 superblock", Ext4Superblock::new);
    } catch (CorruptDataException e) {
      return Optional.empty();
    }
    if ((shape.sFeatureIncompat() & Feature.JOURNAL_DEV.mask()) == 0) {
      return Optional.empty();
    }
    int blockBytes = 1024 << (int) shape.sLogBlockSize();
    JournalDevice found =
        new JournalDevice(device, blockBytes, shape.sUuid(), Superblock.OFFSET / blockBytes + 1L);
    return found.hasLog() ? Optional.of(found) : Optional.empty();
  }

  private boolean hasLog() throws IOException {
    long at = superblockBlock * blockBytes;
    return at + blockBytes <= device.size() && Arrays.equals(device.bytes(at, MAGIC.length), MAGIC);
  }

  /**
   * The journal with its superblock at its start, as it is in a file; all else is where it lies on
   * the device.
   */
  ByteSource journal() throws IOException {
    ByteSource whole = device.slice("journal of another device", 0, device.size());
    return new SuperblockFirst(whole, blockBytes, superblockBlock * blockBytes);
  }

  private record SuperblockFirst(ByteSource whole, int blockBytes, long superblockAt)
      implements ByteSource {
    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public Origin origin() {
      return whole.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      checkRange(position, length);
      int first = (int) Math.max(0, Math.min(length, blockBytes - position));
      if (first > 0) {
        whole.read(superblockAt + position, into, offset, first);
      }
      whole.read(position + first, into, offset + first, length - first);
    }
  }
}
