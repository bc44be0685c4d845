package drydock.cli;

import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of the evidence changes no answer: a node as qcow2, raw, and by hand. */
class SameAnswersTest {
  private static final String NODE = Cli.node("gke-small");

  @TempDir Path work;

  @Test
  void aRawDiskAnswersAsTheQcow2DoesFromWhichItWasMade() throws IOException {
    String raw = raw().toString();
    Answers.assertSame(Answers.ofEngines(NODE), Answers.ofEngines(raw));
    Answers.assertSame(Answers.ofFiles(NODE), Answers.ofFiles(raw));
  }

  @Test
  void aPartitionChosenByNumberOrOffsetAnswersAsTheWholeDiskDoes() throws IOException {
    String[] numbered = {NODE, "--partition", "1"};
    String[] offset = {NODE, "--offset", "4456448000"};
    Map<String, String> whole = Answers.ofEngines(NODE);
    Answers.assertSame(whole, Answers.ofEngines(numbered));
    Answers.assertSame(whole, Answers.ofEngines(offset));
    Answers.assertSame(Answers.ofFiles(numbered), Answers.ofFiles(offset));
  }

  private Path raw() throws IOException {
    Path raw = work.resolve("node.raw");
    try (OpenDisk disk = new Qcow2Format().open(Path.of(NODE), new FindingLog())) {
      SparseCopy.write(disk.bytes(), raw);
    }
    return raw;
  }
}
