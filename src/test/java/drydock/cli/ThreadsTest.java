package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the number of threads, what is written is the same, byte for byte. */
class ThreadsTest {
  @TempDir Path folder;

  static Stream<List<String>> commands() {
    String disk = Cli.node("gke-small");
    return Stream.of(
        List.of("timeline", disk),
        List.of("timeline", disk, "--md5", "--fraction"),
        List.of("timeline", disk, "web", "shop/web-0/exporter"),
        List.of("timeline", disk, "-o", "jsonl"),
        List.of("timeline", disk, "web", "shop/web-0/exporter", "-o", "l2tcsv"),
        List.of("verify", Cli.node("docker-containerd"), "-o", "csv"),
        List.of("find", disk, "/", "web:/", "--wide"),
        List.of("find", disk, "/etc", "/nowhere", "web:/", "--hash", "-o", "jsonl"),
        List.of("find", disk, "web:/", "--attribute", "*", "-o", "csv"),
        List.of("hash", disk, "/nowhere", "/", "web:/", "--md5", "--sha1", "-o", "json"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void outputDoesNotTellHowManyThereWere(List<String> command) throws Exception {
    Cli.Result one = run(command, "1");
    assertThat(one.bytes()).hasSizeGreaterThan(500);
    for (String threads : List.of("2", "7")) {
      Cli.Result many = run(command, threads);
      assertThat(many.out()).isEqualTo(one.out());
      assertThat(many.err()).isEqualTo(one.err());
      assertThat(many.exit()).isEqualTo(one.exit());
      assertThat(folder.resolve(threads)).hasSameBinaryContentAs(folder.resolve("1"));
    }
  }

  private Cli.Result run(List<String> command, String threads) throws Exception {
    List<String> arguments = new ArrayList<>(command);
    Path findings = folder.resolve(threads);
    arguments.addAll(List.of("--threads", threads, "--findings", findings.toString()));
    Cli.Result result = Cli.run(arguments);
    assertThat(Files.exists(findings)).isTrue();
    return result;
  }

  @Test
  void numberThatMakesNoSenseIsRefused() {
    Cli.Result result = Cli.run("timeline", Cli.node("gke-small"), "--threads", "65");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--threads: 65 is not between 1 and 64");
  }
}
