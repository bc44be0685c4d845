package drydock.partition;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nodes' tables, compared with what sgdisk printed of the acquired disks. */
class NodeTablesTest {
  static List<Path> nodes() throws IOException {
    try (Stream<Path> nodes = Files.list(TableFixtures.ROOT)) {
      return nodes.filter(node -> Files.exists(node.resolve("truth/gpt.txt"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void tableIsWhatSgdiskPrinted(Path node) throws IOException {
    List<String> truth = Files.readAllLines(node.resolve("truth/gpt.txt"));
    FindingLog log = new FindingLog();
    try (OpenDisk disk = new Qcow2Format().open(node.resolve("node.qcow2"), log)) {
      PartitionTable table = TableFixtures.read(disk.bytes(), log);
      assertThat(table.scheme()).isEqualTo("gpt");
      assertThat(truth).contains("Disk identifier (GUID): " + table.id().toUpperCase(Locale.ROOT));
      assertThat(rows(table)).isEqualTo(rows(truth));
    }
    assertThat(log.list()).isEmpty();
  }

  private static List<String> rows(PartitionTable table) {
    List<String> rows = new ArrayList<>();
    for (Partition each : table.partitions()) {
      long last = (each.start() + each.length()) / table.sectorBytes() - 1;
      rows.add(
          each.number()
              + " "
              + each.start() / table.sectorBytes()
              + " "
              + last
              + " "
              + each.label());
    }
    return rows;
  }

  /** Number, first and last sector, name, of the lines after the head of sgdisk's list. */
  private static List<String> rows(List<String> truth) {
    return truth.stream()
        .filter(line -> line.matches(" +[0-9]+ +[0-9]+ +[0-9]+ .*"))
        .map(line -> line.trim().split(" +", 7))
        .map(w -> w[0] + " " + w[1] + " " + w[2] + " " + (w.length > 6 ? w[6].trim() : ""))
        .toList();
  }
}
