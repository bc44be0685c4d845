package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log of a frozen container: of its archive, and of its node up to the freezing. */
final class FrozenLogsTest {
  private static final String NODE = Cli.FIXTURES.resolve("gke-ckpt/node.qcow2").toString();

  private static String archive(String name) {
    return CheckpointFixture.archive(name).toString();
  }

  /** Lines as the file has them, without time, stream and tag. */
  private static String lines(String name, String file) throws IOException {
    String raw = new String(CheckpointFixture.members(name).get(file), StandardCharsets.UTF_8);
    return raw.lines().map(line -> line.split(" ", 4)[3] + "\n").collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "shop-1,container.log",
    "shop-2,container.log",
    "sidecar,container.log",
    "counter-podman,ctr.log",
    "multi-podman,ctr.log"
  })
  void logOfTheArchiveIsShown(String name, String file) throws IOException {
    Cli.Result result = Cli.run("checkpoint", "logs", archive(name));
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo(lines(name, file));
  }

  @Test
  void logOfTheNodeEndsWithTheFreezing() throws IOException {
    Cli.Result first = Cli.run("checkpoint", "logs", archive("shop-1"), "--disk", NODE);
    Cli.Result later = Cli.run("checkpoint", "logs", archive("shop-2"), "--disk", NODE);
    Cli.Result all = Cli.run("logs", NODE, "shop-7d9c/shop");
    assertThat(first.exit()).isZero();
    assertThat(first.out()).isEqualTo(lines("shop-1", "container.log"));
    assertThat(later.out()).startsWith(first.out()).isEqualTo(lines("shop-2", "container.log"));
    assertThat(all.out()).startsWith(later.out());
  }

  @Test
  void recordsNameTheContainerAndItsFile() {
    List<String> ids =
        Cli.run("checkpoint", "logs", archive("shop-1"), "-o", "jsonl").records().stream()
            .map(each -> each.get("id").getAsString() + each.get("file").getAsString())
            .distinct()
            .toList();
    assertThat(ids).hasSize(1);
    assertThat(ids.get(0)).hasSizeGreaterThan(64).endsWith("/container.log");
    Cli.Result last = Cli.run("logs", archive("shop-1"), "--tail", "1", "--timestamps");
    assertThat(last.out().lines()).hasSize(1);
    assertThat(last.out()).startsWith("2026-11-22T01:");
  }

  @Test
  void whatCriuWroteIsPrintedAsItIs() throws IOException {
    Cli.Result result = Cli.run("checkpoint", "logs", archive("shop-1"), "--criu");
    assertThat(result.exit()).isZero();
    assertThat(result.bytes()).isEqualTo(CheckpointFixture.members("shop-1").get("dump.log"));
    assertThat(Cli.run("logs", archive("counter-podman"), "--criu").exit()).isEqualTo(1);
    assertThat(Cli.run("logs", NODE, "--criu").exit()).isEqualTo(2);
  }
}
