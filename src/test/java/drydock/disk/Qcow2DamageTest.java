package drydock.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** qcow2 files cut short and with flipped bits: our two exceptions or findings, and an end. */
@Timeout(120)
class Qcow2DamageTest {
  private static final List<String> SUBJECTS =
      List.of(
          "v2-zlib",
          "v3",
          "v3-zstd",
          "cluster-512-zlib",
          "extended-pieces",
          "snapshots",
          "over-v2");
  private static final int PIECE = 1 << 16;

  @TempDir Path folder;

  @Test
  void cutOffFileIsOneFindingAndTheRestIsRead() throws IOException {
    Path file = DiskFixtures.unpack("v3", folder);
    byte[] sound = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(sound, sound.length / 2));
    FindingLog log = new FindingLog();
    try (OpenDisk disk = new Qcow2Format().open(file, log)) {
      assertThat(log.list())
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.severity()).isEqualTo(Severity.DAMAGE);
                assertThat(f.what()).contains("cut off");
                assertThat(f.found()).isEqualTo(sound.length / 2 + " bytes");
              });
      assertThat(disk.bytes().bytes(0, 5)).asString().isEqualTo("boot ");
      long last = disk.bytes().size() - 512;
      assertThatThrownBy(() -> disk.bytes().bytes(last, 512))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("cut off");
    }
  }

  @Test
  void cutOffTablesAreFound() throws IOException {
    Path file = DiskFixtures.unpack("v3", folder);
    byte[] sound = Files.readAllBytes(file);
    for (int length : new int[] {112, 65536, 196608, 200_000, 262_144}) {
      Files.write(file, Arrays.copyOf(sound, length));
      FindingLog log = new FindingLog();
      try (OpenDisk disk = new Qcow2Format().open(file, log)) {
        assertThat(log.list())
            .as("cut at %s", length)
            .extracting(Finding::what)
            .anyMatch(w -> w.contains("cut off"));
        assertThatThrownBy(() -> disk.bytes().bytes(disk.bytes().size() - 1, 1))
            .isInstanceOf(CorruptDataException.class);
      }
    }
  }

  @Test
  void everyCutEndsWell() throws IOException {
    for (String name : SUBJECTS) {
      DiskFixtures.unpackAll(folder);
      Path file = folder.resolve(name + ".qcow2");
      byte[] sound = Files.readAllBytes(file);
      for (int part = 0; part <= 40; part++) {
        Files.write(file, Arrays.copyOf(sound, (int) ((long) sound.length * part / 41)));
        readAll(file);
      }
    }
  }

  @Test
  void everyFlippedBitEndsWell() throws IOException {
    Random random = new Random(3);
    for (String name : SUBJECTS) {
      DiskFixtures.unpackAll(folder);
      Path file = folder.resolve(name + ".qcow2");
      byte[] sound = Files.readAllBytes(file);
      int headerBytes = 200;
      for (int round = 0; round < 120; round++) {
        byte[] raw = sound.clone();
        for (int flips = 0; flips < 3; flips++) {
          int at = random.nextInt(round % 2 == 0 ? headerBytes : raw.length);
          raw[at] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, raw);
        readAll(file);
      }
    }
  }

  /** Reads the first MiB and pieces of the rest; what goes wrong may only be ours. */
  private static void readAll(Path file) throws IOException {
    try (OpenDisk disk = new Qcow2Format().open(file, new FindingLog())) {
      ByteSource bytes = disk.bytes();
      Random random = new Random(4);
      for (int i = 0; i < 32 && bytes.size() > 0; i++) {
        long at = i < 16 ? (long) i * PIECE : random.nextLong(bytes.size());
        readPiece(bytes, Math.min(at, bytes.size()));
      }
      bytes.nextHole(bytes.nextData(0));
    } catch (CorruptDataException | UnsupportedFormatException | NoSuchFileException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void readPiece(ByteSource bytes, long at) throws IOException {
    try {
      bytes.bytes(at, (int) Math.min(PIECE, bytes.size() - at));
    } catch (CorruptDataException e) {
      assertThat(e.origin()).isNotNull();
    }
  }
}
