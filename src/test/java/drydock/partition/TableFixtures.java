package drydock.partition;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The small disks of {@code fixtures/partition}, in memory, and what sfdisk tells of them. */
final class TableFixtures {
  static final Path ROOT = Path.of(System.getProperty("fixtures", "fixtures"));
  private static final Path FOLDER = ROOT.resolve("partition");
  static final List<PartitionScheme> SCHEMES =
      List.of(new GptScheme(), new MbrScheme(), new WholeDisk());

  private TableFixtures() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".raw.gz")))) {
      return in.readAllBytes();
    }
  }

  static ByteSource source(byte[] bytes) {
    return new ArraySource(bytes, Origin.of("disk.raw"));
  }

  /** The lines of sfdisk: label, id and sector size first, then a line a partition. */
  static List<String> expected(String name) throws IOException {
    return Files.readAllLines(FOLDER.resolve(name + ".txt"));
  }

  /** What the first scheme that knows the table reads. */
  static PartitionTable read(ByteSource disk, FindingLog log) throws IOException {
    for (PartitionScheme scheme : SCHEMES) {
      Optional<PartitionTable> table = scheme.read(disk, log);
      if (table.isPresent()) {
        return table.get();
      }
    }
    throw new AssertionError("a whole disk is always there");
  }
}
