package drydock.disk;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of qcow2 file, compared with what QEMU reads out of it. */
class Qcow2TruthTest {
  @TempDir static Path folder;
  private final FindingLog log = new FindingLog();

  @BeforeAll
  static void unpack() throws IOException {
    DiskFixtures.unpackAll(folder);
  }

  static List<DiskFixtures.Expected> expected() throws IOException {
    return DiskFixtures.expected();
  }

  private OpenDisk open(String name) throws IOException {
    Path file = folder.resolve(name + ".qcow2");
    Qcow2Format format = new Qcow2Format();
    assertThat(format.recognises(file)).isTrue();
    return format.open(file, log);
  }

  @ParameterizedTest
  @MethodSource("expected")
  void readsTheDiskThatQemuReads(DiskFixtures.Expected expected) throws IOException {
    try (OpenDisk disk = open(expected.name())) {
      assertThat(disk.bytes().size()).isEqualTo(expected.size());
      byte[] whole = disk.bytes().bytes(0, (int) expected.size());
      assertThat(HexFormat.of().formatHex(DiskFixtures.digest().digest(whole)))
          .isEqualTo(expected.sha256());
      assertThat(DiskFixtures.sha256(disk.bytes()))
          .as("without its holes")
          .isEqualTo(expected.sha256());
      readsPiecesAsTheWhole(disk.bytes(), whole);
    }
    assertThat(log.list())
        .allMatch(f -> f.severity() == Severity.NOTE && expected.name().equals("snapshots"));
  }

  private static void readsPiecesAsTheWhole(ByteSource disk, byte[] whole) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(whole.length);
      int length = random.nextInt(Math.min(whole.length - from, 1 << random.nextInt(18)) + 1);
      assertThat(disk.bytes(from, length))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + length));
    }
  }

  @ParameterizedTest
  @MethodSource("expected")
  void saysOfHolesWhatIsTrue(DiskFixtures.Expected expected) throws IOException {
    try (OpenDisk disk = open(expected.name())) {
      ByteSource bytes = disk.bytes();
      Random random = new Random(2);
      for (int i = 0; i < 100; i++) {
        long at = random.nextLong(bytes.size());
        long data = bytes.nextData(at);
        assertThat(data).isBetween(at, bytes.size());
        assertThat(bytes.bytes(at, (int) (data - at))).isEqualTo(new byte[(int) (data - at)]);
        long hole = bytes.nextHole(at);
        assertThat(hole).isBetween(at, bytes.size());
        if (hole < bytes.size()) {
          assertThat(bytes.nextData(hole))
              .as("data after the hole at %s", hole)
              .isGreaterThan(hole);
        }
      }
    }
  }

  @Test
  void holesOfAnEmptyDiskAreOneHole() throws IOException {
    try (OpenDisk disk = open("empty")) {
      assertThat(disk.bytes().nextData(0)).isEqualTo(disk.bytes().size());
      assertThat(disk.bytes().nextHole(5)).isEqualTo(5);
    }
  }

  @Test
  void findsTheDataOfAHugeDisk() throws IOException {
    long threeTerabytes = 3L << 40;
    try (OpenDisk disk = open("terabytes")) {
      ByteSource bytes = disk.bytes();
      assertThat(bytes.nextData(0)).isEqualTo(threeTerabytes);
      assertThat(bytes.nextHole(threeTerabytes)).isEqualTo(threeTerabytes + (128 << 10));
      assertThat(bytes.bytes(threeTerabytes + 70 * 1024 - 2, 4)).containsExactly(0x77, 0x77, 0, 0);
      long last = bytes.nextData(threeTerabytes + (128 << 10));
      assertThat(last).isBetween(8795556151296L - 65536, 8795556151296L);
      assertThat(bytes.bytes(8795556151296L + 510, 4)).containsExactly(0x78, 0x78, 0, 0);
    }
    assertThat(log.list()).isEmpty();
  }

  @Test
  void namesItsSnapshotsAndSaysThatTheyAreNotRead() throws IOException {
    try (OpenDisk disk = open("snapshots")) {
      assertThat(disk.details().get("internal snapshots"))
          .contains("1 \"before\"", "2 \"second one\"");
    }
    assertThat(log.list())
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("2 internal snapshots, which are not read"));
  }

  @Test
  void namesItsBackingFile() throws IOException {
    try (OpenDisk disk = open("chain-top")) {
      assertThat(disk.details()).containsEntry("backing file", "chain-middle.qcow2 (qcow2)");
    }
    try (OpenDisk disk = open("chain-middle")) {
      assertThat(disk.details()).containsEntry("backing file", "chain-base.raw (raw)");
    }
  }

  @Test
  void mapTellsWhereEachByteLies() throws IOException {
    try (Qcow2Map map = Qcow2Map.open(folder.resolve("extended-pieces.qcow2"), log)) {
      assertThat(map.header().extendedL2()).isTrue();
      assertThat(map.locate(5000).extent().kind()).isEqualTo(Qcow2Extent.Kind.DATA);
      assertThat(map.locate(25 << 10).extent().kind()).isEqualTo(Qcow2Extent.Kind.ZERO);
      assertThat(map.locate(40 << 10).extent().kind()).isEqualTo(Qcow2Extent.Kind.UNALLOCATED);
      Qcow2Map.Statistics sums = map.statistics();
      assertThat(sums.dataBytes() + sums.zeroBytes() + sums.unallocatedBytes()).isEqualTo(1 << 20);
      assertThat(sums.l1Used()).isEqualTo(1);
    }
    try (Qcow2Map map = Qcow2Map.open(folder.resolve("v3-zlib.qcow2"), log)) {
      Qcow2Map.Location location = map.locate(70_000);
      assertThat(location.l2Index()).isEqualTo(1);
      assertThat(location.extent().kind()).isEqualTo(Qcow2Extent.Kind.COMPRESSED);
      assertThat(map.extensions()).extracting(Qcow2Extension::name).contains("feature names");
    }
  }
}
