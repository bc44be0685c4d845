package drydock.partition;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables cut short, flipped, and hostile with right checksums: findings, and an end. */
@Timeout(60)
class PartitionDamageTest {
  private static final int SECTOR = 512;

  private static PartitionTable read(byte[] disk) throws IOException {
    ByteSource source = TableFixtures.source(disk);
    PartitionTable table = TableFixtures.read(source, new FindingLog());
    for (Partition each : table.partitions()) {
      assertThat(each.bytes().size()).isBetween(0L, source.size());
    }
    LostFileSystems.find(source);
    return table;
  }

  @Test
  void flippedBitsEndWell() throws IOException {
    Random random = new Random(5);
    for (String name : new String[] {"gpt-512", "gpt-4096", "mbr"}) {
      byte[] sound = TableFixtures.bytes(name);
      for (int round = 0; round < 100; round++) {
        int at = random.nextInt(6 * SECTOR);
        byte before = sound[at];
        sound[at] ^= (byte) (1 << random.nextInt(8));
        read(sound);
        sound[at] = before;
      }
    }
  }

  @Test
  void cutsEndWell() throws IOException {
    for (String name : new String[] {"gpt-512", "mbr"}) {
      byte[] sound = TableFixtures.bytes(name);
      for (int size : new int[] {100, 512, 513, 600, 1024, 1500, 20_000, 1 << 20, 9 << 20}) {
        read(Arrays.copyOf(sound, size));
      }
    }
  }

  @Test
  void hostileFieldsWithARightChecksumEndWell() throws IOException {
    Random random = new Random(6);
    byte[] sound = Arrays.copyOf(TableFixtures.bytes("gpt-512"), 64 * SECTOR);
    for (int round = 0; round < 400; round++) {
      byte[] disk = sound.clone();
      int entryField = 2 * SECTOR + random.nextInt(4) * 128 + 32 + random.nextInt(24);
      disk[entryField] = (byte) random.nextInt();
      disk[2 * SECTOR + 39] = (byte) (round % 3 == 0 ? 0x7f : 0);
      seal(disk, 24 + random.nextInt(68), (byte) random.nextInt());
      read(disk);
    }
  }

  /** Changes a byte of the header and sets both checksums right again. */
  private static void seal(byte[] disk, int headerByte, byte value) {
    put(disk, SECTOR + 88, crc(disk, 2 * SECTOR, 128 * 128));
    disk[SECTOR + headerByte] = value;
    put(disk, SECTOR + 16, 0);
    put(disk, SECTOR + 16, crc(disk, SECTOR, 92));
  }

  private static int crc(byte[] disk, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(disk, from, length);
    return (int) crc.getValue();
  }

  private static void put(byte[] disk, int at, int value) {
    for (int i = 0; i < 4; i++) {
      disk[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
