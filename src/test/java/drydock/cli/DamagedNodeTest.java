package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.disk.Qcow2Map;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of which something is lost: the rest is shown, and what is lost is said. */
class DamagedNodeTest {
  private static final String DATABASE =
      "/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db";
  private static final long STATEFUL_START = 4456448000L;

  /**
   * What {@code debug bolt --meta} tells of that database; the rest of the file is room to grow.
   */
  private static final int USED_PAGES = 86;

  @TempDir Path folder;

  @Test
  void diskWhoseTablesAreGoneIsReadFromAnOffset() throws IOException {
    Path disk = diskWithoutTables();
    Cli.Result lost = Cli.run("list", "containers", disk.toString());
    assertThat(lost.exit()).isIn(1, 3);
    assertThat(lost.err()).contains("--offset " + STATEFUL_START);
    Cli.Result found =
        Cli.run("list", "containers", disk.toString(), "--offset", "" + STATEFUL_START);
    assertThat(found.exit()).isZero();
    assertThat(found.out()).isEqualTo(Cli.run("list", "containers", Cli.node("gke-small")).out());
  }

  @Test
  void emptyDatabaseIsSaidAndTheEngineIsStillNamed() throws IOException {
    Path root = nodeWith(new byte[0]);
    Cli.Result result = Cli.run("list", "containers", root.toString());
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("meta.db").doesNotContain("Exception");
    assertThat(Cli.run("info", root.toString()).out()).contains("/var/lib/containerd");
  }

  @Test
  void missingDatabaseIsSaid() throws IOException {
    Path root = nodeWith(new byte[0]);
    Files.delete(root.resolve(DATABASE.substring(1)));
    Cli.Result result = Cli.run("list", "containers", root.toString());
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("meta.db").doesNotContain("Exception");
  }

  @Test
  void halfOfADatabaseShowsWhatIsInThatHalf() throws IOException {
    byte[] whole = Cli.run("cat", Cli.node("gke-small"), DATABASE).bytes();
    int used = USED_PAGES * 4096;
    assertThat(whole.length).isGreaterThan(used);
    for (int part = 1; part < 8; part++) {
      Path root = nodeWith(Arrays.copyOf(whole, used / 8 * part));
      Cli.Result result = Cli.run("list", "containers", root.toString());
      assertThat(result.exit()).isEqualTo(3);
      assertThat(result.out()).startsWith("NAMESPACE");
      assertThat(result.err()).contains("meta.db").doesNotContain("Exception");
    }
  }

  private Path nodeWith(byte[] database) throws IOException {
    Path root = Files.createTempDirectory(folder, "root");
    Path file = root.resolve(DATABASE.substring(1));
    Files.createDirectories(file.getParent());
    Files.write(file, database);
    return root;
  }

  /**
   * The small node with its first and last cluster, where both tables lie, taken out of the map.
   */
  private Path diskWithoutTables() throws IOException {
    Path copy = folder.resolve("lost.qcow2");
    Files.copy(Path.of(Cli.node("gke-small")), copy);
    try (Qcow2Map map = Qcow2Map.open(copy, new FindingLog());
        RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
      for (long at : new long[] {0, map.header().size() - 1}) {
        Qcow2Map.Location location = map.locate(at);
        file.seek(location.l2Table() + location.l2Index() * Long.BYTES);
        file.writeLong(0);
      }
    }
    return copy;
  }
}
