package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.shape.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A boot record with its four entries: the master boot record, or one of a chain of extended ones.
 *
 * @param signed whether it ends in the signature 0x55 0xaa
 * @param bootsFat whether the sector is the start of a FAT or NTFS file system, which ends alike
 * @param diskId the disk's signature
 */
record Mbr(boolean signed, boolean bootsFat, long diskId, List<Record> records) {
  static final int SECTOR = 512;
  private static final int SIGNATURE = 0xaa55;
  private static final int ACTIVE = 0x80;

  /** One entry; first and sectors in sectors of 512 bytes. */
  record Record(int flag, int type, long first, long sectors) {
    boolean isUsed() {
      return type != MbrTypes.EMPTY && sectors > 0;
    }

    boolean isActive() {
      return flag == ACTIVE;
    }
  }

  /** What sector 0 holds, whether or not it is a table; a disk without a whole sector has none. */
  static Mbr read(ByteSource disk) throws IOException {
    if (disk.size() < SECTOR) {
      return new Mbr(false, false, 0, List.of());
    }
    return decode(disk.bytes(0, SECTOR), disk.origin());
  }

  static Mbr decode(byte[] raw, Origin origin) throws CorruptDataException {
    drydock.ksy.Mbr shape = Shape.decode(raw, origin, "boot record", drydock.ksy.Mbr::new);
    List<Record> records =
        shape.records().stream()
            .map(r -> new Record(r.bootIndicator(), r.osType(), r.startingLba(), r.sizeInLba()))
            .toList();
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    boolean fat =
        text.startsWith("NTFS    ", 3)
            || text.startsWith("EXFAT   ", 3)
            || text.startsWith("FAT1", 54)
            || text.startsWith("FAT32", 82);
    return new Mbr(shape.signature() == SIGNATURE, fat, shape.uniqueSignature(), records);
  }

  /** Whether it is a sound partition table with something in it. */
  boolean isTable() {
    boolean plausible = records.stream().allMatch(r -> r.flag == 0 || r.flag == ACTIVE);
    return signed && !bootsFat && plausible && records.stream().anyMatch(Record::isUsed);
  }

  /** Whether it says that a GPT is there. */
  boolean isProtective() {
    return signed && records.stream().anyMatch(r -> r.type == MbrTypes.PROTECTIVE);
  }
}
