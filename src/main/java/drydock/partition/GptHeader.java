package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.shape.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * One of the two GPT headers, its checksum verified.
 *
 * @param sector where it was read
 * @param alternate where it says that the other header is
 * @param entriesSector where its array of entries starts
 * @param entriesCrc the checksum that the array must have
 */
record GptHeader(
    long sector,
    int sectorBytes,
    long alternate,
    long firstUsable,
    long lastUsable,
    String diskId,
    long entriesSector,
    int entries,
    int entryBytes,
    long entriesCrc) {
  static final byte[] SIGNATURE = {'E', 'F', 'I', ' ', 'P', 'A', 'R', 'T'};
  private static final int LEAST_BYTES = 92;
  private static final int CRC_AT = 16;
  private static final int MAX_ENTRIES = 4096;
  private static final int LEAST_ENTRY_BYTES = 128;
  private static final int MAX_ENTRY_BYTES = 4096;

  /**
   * Whether a GPT header may be in a sector; false when the sector is not on the disk or cannot be
   * read.
   */
  static boolean isAt(ByteSource disk, long sector, int sectorBytes) throws IOException {
    if (sector < 0 || sector > disk.size() / sectorBytes - 1) {
      return false;
    }
    try {
      return Arrays.equals(disk.bytes(sector * sectorBytes, SIGNATURE.length), SIGNATURE);
    } catch (CorruptDataException e) {
      return false; // of an evidence file that is cut off: it says so itself
    }
  }

  /** Reads and checks the header in a sector. */
  static GptHeader read(ByteSource disk, long sector, int sectorBytes) throws IOException {
    Origin origin = disk.origin().child("gpt header in sector " + sector);
    if (sector < 0 || sector > disk.size() / sectorBytes - 1) {
      throw new CorruptDataException(origin, 0, "there is no such sector on the disk");
    }
    return decode(disk.bytes(sector * sectorBytes, sectorBytes), sector, origin);
  }

  static GptHeader decode(byte[] raw, long sector, Origin origin) throws CorruptDataException {
    drydock.ksy.GptHeader shape =
        Shape.decode(raw, origin, "gpt header", drydock.ksy.GptHeader::new);
    check(origin, 12, "header size", shape.headerSize(), LEAST_BYTES, raw.length);
    long crc = crcOf(raw, (int) shape.headerSize());
    if (crc != shape.headerCrc32()) {
      throw new CorruptDataException(
          origin, CRC_AT, "the header's checksum is wrong", hex(crc), hex(shape.headerCrc32()));
    }
    check(origin, 24, "own sector", shape.myLba(), sector, sector);
    check(
        origin,
        72,
        "sector of the entries",
        shape.partitionEntryLba(),
        1,
        Long.MAX_VALUE / raw.length);
    check(origin, 80, "number of entries", shape.numberOfPartitionEntries(), 1, MAX_ENTRIES);
    check(
        origin,
        84,
        "size of an entry",
        shape.sizeOfPartitionEntry(),
        LEAST_ENTRY_BYTES,
        MAX_ENTRY_BYTES);
    return new GptHeader(
        sector,
        raw.length,
        shape.alternateLba(),
        shape.firstUsableLba(),
        shape.lastUsableLba(),
        Guid.of(shape.diskGuid()),
        shape.partitionEntryLba(),
        (int) shape.numberOfPartitionEntries(),
        (int) shape.sizeOfPartitionEntry(),
        shape.partitionEntryArrayCrc32());
  }

  private static long crcOf(byte[] raw, int length) {
    byte[] copy = Arrays.copyOf(raw, length);
    Arrays.fill(copy, CRC_AT, CRC_AT + 4, (byte) 0);
    CRC32 crc = new CRC32();
    crc.update(copy);
    return crc.getValue();
  }

  private static void check(Origin origin, int at, String field, long value, long least, long most)
      throws CorruptDataException {
    if (value < least || value > most) {
      String expected = least == most ? least + "" : least + " to " + most;
      throw new CorruptDataException(origin, at, field, Long.toUnsignedString(value), expected);
    }
  }

  /** The array of entries, its checksum verified. */
  byte[] readEntries(ByteSource disk) throws IOException {
    Origin origin = disk.origin().child("gpt entries in sector " + entriesSector);
    int length = entries * entryBytes;
    long from = entriesSector * sectorBytes;
    if (from > disk.size() - length) {
      throw new CorruptDataException(origin, 0, "the entries lie beyond the end of the disk");
    }
    byte[] raw = disk.bytes(from, length);
    CRC32 crc = new CRC32();
    crc.update(raw);
    if (crc.getValue() != entriesCrc) {
      throw new CorruptDataException(
          origin, 0, "the entries' checksum is wrong", hex(crc.getValue()), hex(entriesCrc));
    }
    return raw;
  }

  static String hex(long crc) {
    return String.format(Locale.ROOT, "0x%08x", crc);
  }
}
