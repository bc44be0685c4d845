package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that {@code to-image} makes of a checkpoint is restored by Podman, and what ran goes
 * on. Needs root, Podman with runc, {@code /bin/busybox} that needs no library, and a kernel on
 * which {@code criu check} finds nothing missing.
 */
@Tag("live")
class LiveRestoreTest {
  private static final String NAME = "drydock-counts";
  private static final String COUNT =
      "i=0; while true; do i=$((i+1)); echo $i $KEY >> /count; /busybox sleep 0.2; done";

  @TempDir Path folder;
  private List<String> podman = List.of();

  @BeforeEach
  void asksForAKernelThatRestores() throws Exception {
    assumeTrue(exit("criu", "check") == 0, "CRIU does not work on this kernel: criu check");
    podman =
        List.of(
            "podman",
            "--root=" + folder.resolve("root"),
            "--runroot=" + folder.resolve("run"),
            "--runtime=runc",
            "--cgroup-manager=cgroupfs",
            "--storage-driver=vfs",
            "--events-backend=none");
  }

  @AfterEach
  void ends() throws Exception {
    if (!podman.isEmpty()) {
      podman("rm", "-f", "-t", "0", "-i", NAME);
    }
  }

  @Test
  void aContainerGoesOnWhereItWasFrozen() throws Exception {
    Path base = folder.resolve("base.tar");
    run("tar", "-C", "/bin", "-cf", base.toString(), "busybox");
    podman("import", "-q", base.toString(), "localhost/base:1");
    podman(
        "run",
        "-d",
        "--name",
        NAME,
        "--network=none",
        "-e",
        "KEY=kept",
        "localhost/base:1",
        "/busybox",
        "sh",
        "-c",
        COUNT);
    TimeUnit.SECONDS.sleep(2);
    podman("exec", NAME, "/busybox", "mkdir", "/made");
    Path archive = folder.resolve("archive.tar");
    podman("container", "checkpoint", "--export=" + archive, NAME);
    podman("rm", "-f", "-t", "0", "-i", NAME);
    long frozen = Cli.run("cat", archive.toString(), "/count").out().lines().count();
    assertThat(frozen).isPositive();

    Path image = folder.resolve("image.tar");
    Cli.Result made =
        Cli.run(
            "checkpoint",
            "to-image",
            archive.toString(),
            "--to",
            image.toString(),
            "--name",
            "localhost/frozen:1");
    assertThat(made.exit()).as(made.err()).isZero();
    podman("load", "-q", "-i", image.toString());
    podman("container", "restore", "localhost/frozen:1");
    TimeUnit.SECONDS.sleep(2);

    List<String> lines = podman("exec", NAME, "/busybox", "cat", "/count").lines().toList();
    assertThat(lines.size()).isGreaterThan((int) frozen);
    assertThat(lines)
        .isEqualTo(IntStream.rangeClosed(1, lines.size()).mapToObj(i -> i + " kept").toList());
    assertThat(podman("exec", NAME, "/busybox", "ls", "/")).contains("made");
  }

  private String podman(String... words) throws Exception {
    List<String> command = new ArrayList<>(podman);
    command.addAll(List.of(words));
    return run(command.toArray(String[]::new));
  }

  private String run(String... words) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(List.of(words) + " " + errors).isZero();
    return said;
  }

  private static int exit(String... words) throws Exception {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
