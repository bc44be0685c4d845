package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole check of what is sound finds nothing: no false alarm. */
class CheckTest {
  /** Sound to a reader and not to a check: blocks of what was there before belong to nothing. */
  private static final Set<String> CRAFTED = Set.of("ext4-deep-extents", "ext4-odd-bits");

  private final FindingLog log = new FindingLog();

  static List<String> images() throws IOException {
    return Images.names().stream().filter(name -> !CRAFTED.contains(name)).toList();
  }

  @Test
  void blocksThatFilesMayShareAreNoFinding() throws IOException {
    Images.tree("ext4-odd-bits", log).check();
    assertThat(log.list()).singleElement().matches(f -> f.what().contains("that nothing uses"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void soundImageHasNoFindings(String image) throws IOException {
    Images.tree(image, log).check();
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast-commits", "fast-commits-plain", "fast-commits-inline"})
  void fastCommitsMakeNoSoundImageHurt(String name) throws IOException {
    Path image = Images.FIXTURES.resolve("ext4-journal").resolve(name + ".img.gz");
    byte[] raw;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(image))) {
      raw = in.readAllBytes();
    }
    Ext4Format.openTree(new ArraySource(raw, Origin.of(name)), OpenOptions.DEFAULT, log).check();
    assertThat(log.list())
        .singleElement()
        .matches(f -> f.severity() == Severity.NOTE && f.what().contains("fast commits"));
  }

  /** Those that were not unmounted are sound once their journal is applied. */
  @ParameterizedTest
  @CsvSource({
    "gke-wp/node.qcow2, 1",
    "gke-wp/node-clean.qcow2, 1",
    "gke-wp/pvc.qcow2, 0",
    "gke-small/node.qcow2, 1",
    "gke-ckpt/node.qcow2, 1",
    "k3s/node.qcow2, 2",
    "docker-containerd/node.qcow2, 1",
  })
  void nodeHasNoFindingsAfterRecovery(String disk, int partition) throws IOException {
    try (OpenDisk open = new Qcow2Format().open(Images.FIXTURES.resolve(disk), log)) {
      Ext4Format.openTree(
              NodeDisksTest.partition(open.bytes(), partition), OpenOptions.DEFAULT, log)
          .check();
    }
    assertThat(log.list()).filteredOn(f -> f.severity() != Severity.NOTE).isEmpty();
  }
}
