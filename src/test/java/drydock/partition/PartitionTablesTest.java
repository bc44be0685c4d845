package drydock.partition;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables compared with what sfdisk tells of them, sound and damaged. */
class PartitionTablesTest {
  private static final int SECTOR = 512;
  private final FindingLog log = new FindingLog();

  private PartitionTable read(byte[] disk) throws IOException {
    return TableFixtures.read(TableFixtures.source(disk), log);
  }

  private List<String> findings() {
    return log.list().stream().map(Finding::what).toList();
  }

  /** A table in the words of the fixture's list. */
  private static List<String> lines(PartitionTable table) {
    boolean gpt = table.scheme().equals("gpt");
    List<String> lines = new ArrayList<>();
    lines.add((gpt ? "gpt " : "dos ") + table.id() + " " + table.sectorBytes());
    for (Partition each : table.partitions()) {
      String type = gpt ? each.type() : Integer.toHexString(Integer.decode(each.type()));
      lines.add(
          String.format(
              Locale.ROOT,
              "%d %d %d %s %s %d %s name=%s",
              each.number(),
              each.start() / table.sectorBytes(),
              each.length() / table.sectorBytes(),
              type,
              gpt ? each.id() : "-",
              !gpt && each.attributes() == Partition.MBR_ACTIVE ? 1 : 0,
              gpt ? bits(each.attributes()) : "-",
              each.label() == null ? "" : each.label()));
    }
    return lines;
  }

  private static String bits(long attributes) {
    List<String> bits = new ArrayList<>();
    for (int bit = 48; bit < 64; bit++) {
      if ((attributes >>> bit & 1) != 0) {
        bits.add(bit + "");
      }
    }
    return bits.isEmpty() ? "-" : "GUID:" + String.join(",", bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-512", "gpt-4096", "mbr"})
  void tellsWhatSfdiskTells(String name) throws IOException {
    PartitionTable table = read(TableFixtures.bytes(name));
    assertThat(lines(table)).isEqualTo(TableFixtures.expected(name));
    assertThat(log.list()).isEmpty();
  }

  @Test
  void namesTypesInWords() throws IOException {
    assertThat(read(TableFixtures.bytes("gpt-512")).partitions())
        .extracting(Partition::typeName)
        .containsExactly(
            "Linux file system",
            "ChromeOS kernel",
            "ChromeOS root",
            "ChromeOS kernel",
            "ChromeOS root",
            "EFI system",
            "ChromeOS reserved");
    assertThat(read(TableFixtures.bytes("mbr")).partitions())
        .extracting(Partition::typeName)
        .containsExactly(
            "Linux", "Linux swap", "extended (LBA)", "FAT32 (LBA)", "Linux", "Linux LVM", "Linux");
  }

  @Test
  void partitionsAreWindowsOnTheDisk() throws IOException {
    byte[] disk = TableFixtures.bytes("gpt-512");
    disk[4096 * SECTOR] = 42;
    Partition root = read(disk).partitions().get(2);
    assertThat(root.bytes().bytes(0, 1)).containsExactly(42);
    assertThat(root.bytes().size()).isEqualTo(4096 * SECTOR);
    assertThat(root.bytes().origin()).hasToString("disk.raw > partition 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {SECTOR, SECTOR + 40, SECTOR + 88, 2 * SECTOR + 130, 2 * SECTOR + 16000})
  void backupIsUsedWhenTheFirstTableIsBad(int damagedByte) throws IOException {
    byte[] disk = TableFixtures.bytes("gpt-512");
    disk[damagedByte] ^= 1;
    assertThat(lines(read(disk))).isEqualTo(TableFixtures.expected("gpt-512"));
    assertThat(findings())
        .hasSize(damagedByte == SECTOR ? 1 : 2)
        .anyMatch(what -> what.contains("the backup at the disk's end is used"));
    assertThat(log.list()).allMatch(f -> f.severity() == Severity.DAMAGE);
  }

  @Test
  void backupOfLargeSectorsIsUsedToo() throws IOException {
    byte[] disk = TableFixtures.bytes("gpt-4096");
    Arrays.fill(disk, 4096, 5 * 4096, (byte) 0);
    assertThat(lines(read(disk))).isEqualTo(TableFixtures.expected("gpt-4096"));
    assertThat(findings()).anyMatch(what -> what.contains("the backup at the disk's end is used"));
  }

  @Test
  void badBackupIsAFinding() throws IOException {
    byte[] disk = TableFixtures.bytes("gpt-512");
    disk[disk.length - SECTOR + 56] ^= 1;
    assertThat(lines(read(disk))).isEqualTo(TableFixtures.expected("gpt-512"));
    assertThat(findings()).singleElement().asString().contains("checksum is wrong");
  }

  @Test
  void cutOffDiskIsAFindingAndItsPartitionsAreShort() throws IOException {
    byte[] disk = Arrays.copyOf(TableFixtures.bytes("gpt-512"), 25_000 * SECTOR);
    PartitionTable table = read(disk);
    assertThat(lines(table)).isEqualTo(TableFixtures.expected("gpt-512"));
    assertThat(table.partitions().get(0).bytes().size()).isEqualTo((25_000 - 20_480) * SECTOR);
    assertThat(findings())
        .containsExactlyInAnyOrder(
            "the disk is shorter than its GPT says: the backup is not there",
            "the partition goes beyond the end of the disk");
  }

  @Test
  void missingProtectiveMbrIsAFinding() throws IOException {
    byte[] disk = TableFixtures.bytes("gpt-512");
    Arrays.fill(disk, 0, SECTOR, (byte) 0);
    assertThat(lines(read(disk))).isEqualTo(TableFixtures.expected("gpt-512"));
    assertThat(findings()).singleElement().asString().contains("protective MBR");
  }

  @Test
  void bothTablesGoneLeavesTheWholeDisk() throws IOException {
    byte[] disk = TableFixtures.bytes("gpt-512");
    Arrays.fill(disk, SECTOR, 34 * SECTOR, (byte) 0);
    Arrays.fill(disk, disk.length - 33 * SECTOR, disk.length, (byte) 0);
    PartitionTable table = read(disk);
    assertThat(table.scheme()).isEqualTo("none");
    assertThat(table.partitions()).singleElement().satisfies(p -> assertThat(p.number()).isZero());
    assertThat(findings()).singleElement().asString().contains("no sound one was found");
  }

  @Test
  void tableWithoutProtectionUnderAnMbrIsPassedOver() throws IOException {
    byte[] disk = TableFixtures.bytes("mbr");
    byte[] gpt = TableFixtures.bytes("gpt-512");
    System.arraycopy(gpt, SECTOR, disk, SECTOR, 33 * SECTOR);
    assertThat(lines(read(disk))).isEqualTo(TableFixtures.expected("mbr"));
    assertThat(findings()).singleElement().asString().contains("remains of a GPT");
  }

  @Test
  void circleOfLogicalPartitionsEnds() throws IOException {
    byte[] disk = TableFixtures.bytes("mbr");
    int second = 12288 - 2048;
    // the link of the first extended boot record leads back to it
    Arrays.fill(disk, second * SECTOR + 446 + 16 + 8, second * SECTOR + 446 + 16 + 12, (byte) 0);
    PartitionTable table = read(disk);
    assertThat(table.partitions()).extracting(Partition::number).containsExactly(1, 2, 3, 4, 5);
    assertThat(findings()).singleElement().asString().contains("in a circle");
  }

  @Test
  void overlapIsAFinding() throws IOException {
    byte[] disk = TableFixtures.bytes("mbr");
    disk[446 + 16 + 8 + 1] = 1;
    read(disk);
    assertThat(findings()).contains("partitions 1 and 2 overlap");
  }

  @Test
  void fileSystemWithABootSectorIsNoTable() throws IOException {
    byte[] disk = TableFixtures.bytes("mbr");
    System.arraycopy("FAT32   ".getBytes(StandardCharsets.US_ASCII), 0, disk, 82, 8);
    assertThat(read(disk).scheme()).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 1024, 4096, 8192})
  void smallDisksOfZerosAreWholeDisks(int size) throws IOException {
    assertThat(read(new byte[size]).scheme()).isEqualTo("none");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void lostFileSystemsAreFoundWhereTheyStart() throws IOException {
    assertThat(LostFileSystems.find(TableFixtures.source(TableFixtures.bytes("lost"))))
        .containsExactly(
            new LostFileSystems.Lost(3 << 20, 12 << 20, "ROOT-A"),
            new LostFileSystems.Lost(33 << 20, 8 << 20, "data"));
    assertThat(LostFileSystems.find(TableFixtures.source(new byte[9 << 20]))).isEmpty();
  }
}
