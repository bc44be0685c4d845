package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 'debug ext4 --check' answers of a sound file system and of a damaged one. */
class DebugExt4CheckTest {
  private static final int BLOCK_BYTES = 1024;

  @TempDir Path work;

  private byte[] image() throws IOException {
    Path image = Cli.FIXTURES.resolve("ext4").resolve("ext2-1k.img.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(image))) {
      return in.readAllBytes();
    }
  }

  private Cli.Result check(byte[] raw) throws IOException {
    Path image = Files.write(work.resolve("disk.raw"), raw);
    return Cli.run("debug", "ext4", image.toString(), "--check", "-o", "jsonl");
  }

  @Test
  void soundFileSystemHasNoRowsAndNoFindings() throws IOException {
    Cli.Result result = check(image());
    assertThat(result.exit()).isZero();
    assertThat(result.records()).isEmpty();
  }

  /** The block bitmap of its only group is block 34, as dumpe2fs says; block 40 is of the table. */
  @Test
  void damageIsListedWithItsPlace() throws IOException {
    byte[] raw = image();
    raw[34 * BLOCK_BYTES + (40 - 1) / 8] ^= (byte) (1 << (40 - 1) % 8);
    Cli.Result result = check(raw);
    assertThat(result.exit()).isEqualTo(3);
    List<JsonObject> rows = result.records();
    assertThat(rows).hasSize(1);
    JsonObject row = rows.get(0);
    assertThat(row.get("severity").getAsString()).isEqualTo("damage");
    assertThat(row.get("what").getAsString())
        .isEqualTo("the bitmap calls free blocks that are in use, the first one 40");
    assertThat(row.get("origin").toString()).contains("ext4 group 0", "block bitmap");
    assertThat(row.get("offset").getAsLong()).isEqualTo((40 - 1) / 8);
    assertThat(row.get("found").getAsString()).isEqualTo("1");
  }
}
