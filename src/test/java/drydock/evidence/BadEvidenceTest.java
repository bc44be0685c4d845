package drydock.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no evidence, or no longer: one clear line, or a finding. */
@Timeout(120)
class BadEvidenceTest {
  @TempDir Path folder;
  private final FindingLog log = new FindingLog();

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private void node(EvidenceOptions options) throws IOException {
    try (Evidence evidence = Evidence.open(options, log)) {
      evidence.node();
    }
  }

  private void node(Path path) throws IOException {
    node(EvidenceOptions.of(path));
  }

  @Test
  void zerosAreNoNode() throws IOException {
    Path zeros = file("zeros", new byte[3 << 20]);
    assertThatThrownBy(() -> node(zeros))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage(
            "zeros: no partition table and no file system that can be read (holds zeros, at least at its start)");
  }

  @Test
  void emptyFileIsNoDisk() throws IOException {
    Path empty = file("empty", new byte[0]);
    assertThatThrownBy(() -> node(empty))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("empty at 0: the file is empty");
  }

  @Test
  void textIsCalledText() throws IOException {
    Path text = file("notes.txt", "not a disk\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> node(text))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("holds text");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> node(folder.resolve("gone.raw")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone.raw");
  }

  @Test
  void diskWithoutItsTableOffersTheFileSystemsOnIt() throws IOException {
    Path path = EvidenceFixtures.unpack("cos-b.raw", folder);
    byte[] disk = Files.readAllBytes(path);
    Arrays.fill(disk, 0, 34 * 512, (byte) 0);
    Arrays.fill(disk, disk.length - 33 * 512, disk.length, (byte) 0);
    Path lost = file("lost.raw", disk);
    assertThatThrownBy(() -> node(lost))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining(
            "an ext4 file system \"STATE\" seems to start at byte 1048576: try --offset 1048576")
        .hasMessageContaining("\"ROOT-B\" seems to start at byte 5242880: try --offset 5242880")
        .hasMessageNotContaining("\n");
    node(new EvidenceOptions(lost, List.of(), null, 1048576L, null, true));
    assertThat(log.hasLosses()).isFalse();
  }

  @Test
  void unknownPartitionNumberNamesThoseThatAreThere() throws IOException {
    Path path = EvidenceFixtures.unpack("cos-b.raw", folder);
    assertThatThrownBy(() -> node(new EvidenceOptions(path, List.of(), 9, null, null, true)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("has no partition 9, only 1, 2, 3, 4, 5");
    assertThatThrownBy(() -> node(new EvidenceOptions(path, List.of(), 2, null, null, true)))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("partition 2: holds zeros");
    assertThatThrownBy(() -> node(new EvidenceOptions(path, List.of(), null, 1L << 40, null, true)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("ends before the offset");
  }

  @Test
  void directoryWithoutAnythingIsANodeWithoutEngines() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("mounted"));
    try (Evidence evidence = Evidence.open(EvidenceOptions.of(empty), log)) {
      assertThat(evidence.node().root().list()).isEmpty();
      assertThat(evidence.runtimes()).isEmpty();
      assertThat(evidence.disks()).isEmpty();
      assertThat(evidence.facts().osName()).isNull();
    }
    assertThatThrownBy(() -> node(new EvidenceOptions(empty, List.of(), 1, null, null, true)))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("are for disks");
  }

  @Test
  void cutOffQcow2IsAFinding() throws IOException {
    byte[] whole = Files.readAllBytes(EvidenceFixtures.ROOT.resolve("gke-small/node.qcow2"));
    for (int part = 1; part < 10; part++) {
      Path cut = file("cut.qcow2", Arrays.copyOf(whole, (int) ((long) whole.length * part / 10)));
      FindingLog findings = new FindingLog();
      try (Evidence evidence = Evidence.open(EvidenceOptions.of(cut), findings)) {
        evidence.runtimes();
      } catch (CorruptDataException | UnsupportedFormatException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
      assertThat(findings.hasLosses()).as("cut to %s tenths", part).isTrue();
    }
  }

  @Test
  void flippedBitsEndWell() throws IOException {
    Path path = EvidenceFixtures.unpack("split.raw", folder);
    byte[] sound = Files.readAllBytes(path);
    Random random = new Random(8);
    for (int round = 0; round < 60; round++) {
      byte[] raw = sound.clone();
      for (int flips = 0; flips < 4; flips++) {
        int at = random.nextInt(7) * (1 << 20) + random.nextInt(12 << 10);
        raw[at] ^= (byte) (1 << random.nextInt(8));
      }
      Path flipped = file("flipped.raw", raw);
      try (Evidence evidence = Evidence.open(EvidenceOptions.of(flipped), new FindingLog())) {
        evidence.facts();
        evidence.runtimes();
      } catch (CorruptDataException | UnsupportedFormatException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
