package drydock.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedPathTest {
  @Test
  void whatFollowsAColonAndASlashIsAPathOnTheDisk() {
    NestedPath path = NestedPath.of("a/node.raw:/var/x.tar");
    assertThat(path.file()).isEqualTo(Path.of("a/node.raw"));
    assertThat(path.inside()).isEqualTo("/var/x.tar".getBytes(StandardCharsets.UTF_8));
    assertThat(NestedPath.of("a:b/x.tar").inside()).isNull();
    assertThat(NestedPath.of(":/x.tar").inside()).isNull();
  }

  @Test
  void escapedBytesOfThePathOnTheDiskAreThoseBytes() {
    assertThat(NestedPath.of("node.raw:/a\\xff b").inside())
        .isEqualTo(new byte[] {'/', 'a', (byte) 0xff, ' ', 'b'});
    assertThat(NestedPath.of("a\\x41.tar").file()).isEqualTo(Path.of("a\\x41.tar"));
  }

  @Test
  void whatIsThereOnThisMachineIsMeant(@TempDir Path folder) throws IOException {
    Path inside = Files.createDirectories(folder.resolve("node.raw:")).resolve("x.tar");
    Files.createFile(inside);
    NestedPath path = NestedPath.of(inside.toString());
    assertThat(path.file()).isEqualTo(inside);
    assertThat(path.inside()).isNull();
  }
}
