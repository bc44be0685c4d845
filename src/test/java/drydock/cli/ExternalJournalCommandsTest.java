package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.truth.KernelListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system whose journal lies on another disk: given with {@code --disk}, or not. */
class ExternalJournalCommandsTest {
  private static final Path FOLDER = Cli.FIXTURES.resolve("ext4-external-journal");

  @TempDir Path temp;

  private String disk = "";

  @BeforeEach
  void unpackDisk() throws IOException {
    disk = write("disk.raw", raw("external-1k.img.gz"));
  }

  private static byte[] raw(String file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file)))) {
      return in.readAllBytes();
    }
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(temp.resolve(name), bytes).toString();
  }

  private static List<String> paths(Cli.Result found) {
    return found.records().stream().map(row -> row.get("path").getAsString()).sorted().toList();
  }

  /** Some of the kernel's paths are there only after the recovery. */
  private static void isWhatTheKernelShows(Cli.Result found) throws IOException {
    KernelListing kernel = KernelListing.read(FOLDER.resolve("external-1k.jsonl.gz"));
    List<String> paths = paths(found);
    assertThat(paths).isNotEmpty();
    for (String each : paths) {
      assertThat(kernel.row(each)).as(each).isNotEmpty();
    }
    long below = Stream.concat(paths.stream(), Stream.of("/")).distinct().count();
    assertThat(below).isEqualTo(kernel.size());
  }

  @Test
  void journalOnAWholeDiskIsApplied() throws IOException {
    String journal = write("journal.raw", raw("external-1k.journal.gz"));
    Cli.Result found = Cli.run("find", disk, "/", "--disk", journal, "-o", "jsonl");
    assertThat(found.exit()).isZero();
    isWhatTheKernelShows(found);
    Cli.Result info = Cli.run("info", disk, "--disk", journal);
    assertThat(info.out())
        .contains("journal applied: ")
        .contains("journal of an ext4 file system on another device");
  }

  @Test
  void journalInAPartitionIsApplied() throws IOException {
    byte[] journal = raw("external-1k.journal.gz");
    byte[] table = new byte[(1 << 20) + journal.length];
    byte[] entry = {0, 0, 0, 0, (byte) 0x83, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0};
    int sectors = journal.length / 512;
    entry[12] = (byte) sectors;
    entry[13] = (byte) (sectors >> 8);
    System.arraycopy(entry, 0, table, 446, 16);
    table[510] = 0x55;
    table[511] = (byte) 0xaa;
    System.arraycopy(journal, 0, table, 1 << 20, journal.length);
    String other = write("other.raw", table);
    Cli.Result found = Cli.run("find", disk, "/", "--disk", other, "-o", "jsonl");
    assertThat(found.exit()).isZero();
    isWhatTheKernelShows(found);
  }

  @Test
  void withoutItsDiskTheJournalIsMissingAndTheAnswerSaysWhatToDo() throws IOException {
    Cli.Result found = Cli.run("find", disk, "/", "-o", "jsonl");
    assertThat(found.exit()).isEqualTo(3);
    assertThat(found.err()).contains("the journal lies on another device").contains("--disk");
  }

  @Test
  void theJournalOfAnotherDeviceIsShownTransactionByTransaction() throws IOException {
    String journal = write("journal.raw", raw("external-1k.journal.gz"));
    Cli.Result alone = Cli.run("debug", "journal", disk, "--transactions");
    assertThat(alone.exit()).isEqualTo(1);
    Cli.Result both =
        Cli.run("debug", "journal", disk, "--disk", journal, "--transactions", "-o", "jsonl");
    assertThat(both.exit()).isZero();
    assertThat(both.records()).isNotEmpty();
    assertThat(both.records()).anyMatch(row -> row.get("state").getAsString().equals("applied"));
  }
}
