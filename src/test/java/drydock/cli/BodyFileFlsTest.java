package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.truth.FlsBodyFile;
import drydock.truth.MactimeBodyFile;
import drydock.truth.TimedRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The body file of a node's partition is the one that {@code fls -r -m /} made of it. */
class BodyFileFlsTest {
  @ParameterizedTest
  @CsvSource({"gke-small, 1", "gke-wp, 1", "gke-ckpt, 1", "k3s, 2"})
  void partitionHasTheSameLines(String node, String partition) throws IOException {
    Cli.Result ours = Cli.run("timeline", Cli.node(node), "--partition", partition, "--no-journal");
    List<TimedRow> files = MactimeBodyFile.read(ours.bytes());
    byte[] fls;
    try (InputStream file =
            Files.newInputStream(Cli.FIXTURES.resolve(node).resolve("truth/ext4/fls.txt.gz"));
        InputStream in = new GZIPInputStream(file)) {
      fls = in.readAllBytes();
    }
    assertSame(files, fls);
  }

  /** Living and deleted; fls shows no inode that is deleted and in use, for it was open. */
  static void assertSame(List<TimedRow> files, byte[] fls) {
    List<String> theirs = FlsBodyFile.lines(fls);
    List<TimedRow> seen =
        files.stream()
            .filter(
                file ->
                    !file.path().startsWith("/$OrphanFiles/")
                        || theirs.stream().anyMatch(line -> line.startsWith("0|" + file.path())))
            .toList();
    assertThat(seen.stream().filter(file -> file.mark().isEmpty()))
        .hasSameSizeAs(files.stream().filter(file -> file.mark().isEmpty()).toList());
    assertThat(FlsBodyFile.linesOf(seen)).isEqualTo(theirs);
  }
}
