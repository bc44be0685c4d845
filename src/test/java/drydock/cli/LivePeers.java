package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Other people's programs that read timelines. Those of Python are taken from the virtual
 * environment that {@code DRYDOCK_PEERS} names, or one is made from PyPI.
 */
final class LivePeers {
  private final Path work;
  private final Path python;

  /** With room for files of its own. */
  LivePeers(Path work) throws Exception {
    this.work = work;
    String made = System.getenv("DRYDOCK_PEERS");
    this.python = made == null ? work.resolve("python") : Path.of(made);
    if (made == null) {
      run("python3", "-m", "venv", python.toString());
      run(bin("pip"), "install", "-q", "plaso", "flask", "pandas", "pyyaml");
      run(bin("pip"), "install", "-q", "--no-deps", "timesketch");
    }
  }

  private String bin(String program) {
    return python.resolve("bin").resolve(program).toString();
  }

  /** What mactime makes of a body file. */
  byte[] mactime(Path body) throws Exception {
    return run("mactime", "-y", "-d", "-b", body.toString());
  }

  /** The events that plaso stores of a body file, as JSON lines; a warning of it is a failure. */
  List<String> plaso(Path body) throws Exception {
    Path folder = Files.createTempDirectory(work, "plaso");
    String store = folder.resolve("store.plaso").toString();
    Path out = folder.resolve("events.jsonl");
    List<String> quiet = List.of("--status_view", "none", "-q", "-u", "--logfile");
    List<String> read = new ArrayList<>(List.of(bin("log2timeline"), "--single_process"));
    read.addAll(quiet);
    read.addAll(List.of(folder + "/read.log", "--parsers", "bodyfile", "--storage_file", store));
    read.add(body.toString());
    run(read.toArray(String[]::new));
    List<String> write = new ArrayList<>(List.of(bin("psort")));
    write.addAll(quiet);
    write.addAll(List.of(folder + "/write.log", "-a", "-o", "json_line", "-w", out.toString()));
    write.add(store);
    run(write.toArray(String[]::new));
    String info = new String(run(bin("pinfo"), "--output_format", "text", store), UTF_8);
    assertThat(info).contains("No warnings stored");
    return Files.readAllLines(out);
  }

  /** The rows that Timesketch takes of a timeline, as JSON lines; a warning of it is a failure. */
  List<String> timesketch(String format, Path timeline) throws Exception {
    String script = "src/test/scripts/timesketch_rows.py";
    String rows = new String(run(bin("python3"), script, format, timeline.toString()), UTF_8);
    return rows.lines().toList();
  }

  /** Runs a program to its end, which has to be a good one; what it said. */
  byte[] run(String... words) throws Exception {
    Path errors = Files.createTempFile(work, "peer", ".txt");
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Arrays.toString(words) + text(errors)).isZero();
    return said;
  }

  private static String text(Path file) throws IOException {
    return "\n" + Files.readString(file);
  }
}
