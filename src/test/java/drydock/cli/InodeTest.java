package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

/** Files that are asked for by the numbers of their inodes. */
class InodeTest {
  private static final String NODE = Cli.node("gke-wp");
  private static final String HELD = "135142";

  @Test
  void anInodeWithoutANameIsShownWithoutAPath() {
    Cli.Result result = Cli.run("stat", NODE, "--partition", "1", "--inode", HELD, "-o", "jsonl");
    assertThat(result.exit()).isZero();
    JsonObject row = result.records().get(0);
    assertThat(row.get("path").isJsonNull()).isTrue();
    assertThat(row.get("inode").getAsLong()).isEqualTo(135142);
    assertThat(row.get("links").getAsLong()).isZero();
    assertThat(row.get("size").getAsLong()).isEqualTo(54);
    assertThat(row.get("deleted").isJsonNull()).isTrue();
    String table =
        Cli.run("stat", NODE, "--partition", "1", "--inode", HELD, "--columns", "path").out();
    assertThat(table).contains("<inode 135142>");
  }

  @Test
  void itsContentIsPrinted() {
    Cli.Result result = Cli.run("cat", NODE, "--partition", "1", "--inode", HELD);
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("this file was deleted while its process keeps it open\n");
  }

  @Test
  void pathsAndInodesGoTogether() {
    Cli.Result both = Cli.run("stat", NODE, "/", "--partition", "1", "--inode", "2", "-o", "jsonl");
    assertThat(both.records()).hasSize(2);
    assertThat(both.records())
        .allMatch(row -> row.get("inode").getAsLong() == 2)
        .extracting(row -> row.get("path").isJsonNull())
        .containsExactly(false, true);
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(Cli.run("cat", NODE).exit()).isEqualTo(2);
    assertThat(Cli.run("stat", NODE, "--inode", HELD).err()).contains("--partition");
    Cli.Result none = Cli.run("cat", NODE, "--partition", "1", "--inode", "99999999");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("99999999");
    assertThat(Cli.run("cat", NODE, "--partition", "1", "--inode", "2").err())
        .contains("inode 2: a directory has no content");
  }
}
