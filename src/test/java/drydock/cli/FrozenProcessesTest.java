package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import drydock.checkpoint.criu.Capabilities;
import drydock.checkpoint.criu.OpenFlags;
import drydock.checkpoint.criu.Signals;
import drydock.fs.NameText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes and open files of checkpoints against what /proc said of them while they were frozen.
 */
final class FrozenProcessesTest {
  private static final long CLOSE_ON_EXEC = 02000000;

  static List<JsonObject> run(String command, String archive, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("checkpoint", command, CheckpointFixture.archive(archive).toString()));
    arguments.addAll(List.of("-o", "jsonl"));
    arguments.addAll(List.of(more));
    Cli.Result result = Cli.run(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    return result.records();
  }

  static List<JsonObject> truth(String archive) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    JsonParser.parseString(CheckpointFixture.text(archive, "processes.json"))
        .getAsJsonArray()
        .forEach(each -> all.add(each.getAsJsonObject()));
    return all;
  }

  private static Map<Long, JsonObject> byPid(List<JsonObject> records) {
    Map<Long, JsonObject> all = new TreeMap<>();
    records.forEach(each -> all.put(each.get("pid").getAsLong(), each));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar", "ledger-32", "ledger-chain"})
  void processesAreAsProcSaidOfThem(String archive) throws IOException {
    Map<Long, JsonObject> ours = byPid(run("ps", archive));
    List<JsonObject> truth = truth(archive);
    Map<Long, Long> pids = new HashMap<>();
    truth.forEach(
        each ->
            pids.put(
                each.get("pid_on_node").getAsLong(), each.get("pid_in_container").getAsLong()));
    assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(pids.values());
    for (JsonObject expected : truth) {
      JsonObject process = ours.get(expected.get("pid_in_container").getAsLong());
      long parent = pids.getOrDefault(expected.get("ppid_on_node").getAsLong(), 0L);
      assertThat(process.get("parent_pid").getAsLong()).isEqualTo(parent);
      assertThat(process.get("command")).isEqualTo(expected.get("comm"));
      if (expected.get("state").getAsString().startsWith("Z")) {
        assertThat(process.get("state").getAsString()).isEqualTo("zombie");
        assertThat(process.get("exit_code").getAsLong()).isEqualTo(7);
        assertThat(process.get("arguments").isJsonNull()).isTrue();
      } else {
        assertThat(process.get("state").getAsString()).isEqualTo("alive");
        checkFiles(process, expected);
        checkTexts(process, expected);
        checkCredentials(process, expected);
        checkSignals(process, expected);
        checkThreads(process, expected);
        long pid = expected.get("pid_in_container").getAsLong();
        checkLimits(process, limits(archive, pid));
        checkGroups(process, CheckpointFixture.text(archive, "proc/" + pid + "/cgroup"));
      }
    }
  }

  private static void checkFiles(JsonObject process, JsonObject expected) {
    String executable = expected.get("exe").getAsString();
    boolean deleted = executable.endsWith(" (deleted)");
    assertThat(process.get("executable").getAsString())
        .isEqualTo(executable.replace(" (deleted)", ""));
    assertThat(process.get("executable_deleted").getAsBoolean()).isEqualTo(deleted);
    assertThat(process.get("working_directory")).isEqualTo(expected.get("cwd"));
    assertThat(process.get("root")).isEqualTo(expected.get("root"));
    assertThat(process.get("umask").getAsString())
        .isEqualTo(expected.get("umask").getAsString().replaceFirst("^0+", "0"));
    assertThat(process.get("oom_score_adj").getAsLong())
        .isEqualTo(expected.get("oom_score_adj").getAsLong());
  }

  /** The listing splits environments at NUL, and shows what is not printable as \xNN. */
  private static void checkTexts(JsonObject process, JsonObject expected) {
    String line = expected.get("cmdline").getAsString();
    assertThat(texts(process.getAsJsonArray("arguments")))
        .isEqualTo(split(line.endsWith("\\x00") ? line.substring(0, line.length() - 4) : line));
    List<String> environment = new ArrayList<>();
    expected.getAsJsonArray("environ").forEach(each -> environment.add(shown(each)));
    while (!environment.isEmpty() && environment.get(environment.size() - 1).isEmpty()) {
      environment.remove(environment.size() - 1);
    }
    List<String> ours = texts(process.getAsJsonArray("environment"));
    while (!ours.isEmpty() && ours.get(ours.size() - 1).isEmpty()) {
      ours.remove(ours.size() - 1);
    }
    assertThat(ours).isEqualTo(environment);
  }

  private static List<String> split(String line) {
    return Arrays.asList(line.split("\\\\x00", -1));
  }

  private static List<String> texts(JsonArray texts) {
    List<String> all = new ArrayList<>();
    texts.forEach(each -> all.add(each.getAsString()));
    return all;
  }

  private static String shown(JsonElement text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String raw = text.getAsString();
    for (int i = 0; i < raw.length(); i++) {
      if (raw.startsWith("\\x", i)) {
        bytes.write(Integer.parseInt(raw.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return NameText.of(bytes.toByteArray());
  }

  private static void checkCredentials(JsonObject process, JsonObject expected) {
    checkIds(process.getAsJsonObject("user_ids"), expected.getAsJsonArray("uid"));
    checkIds(process.getAsJsonObject("group_ids"), expected.getAsJsonArray("gid"));
    List<String> groups = new ArrayList<>();
    process.getAsJsonArray("groups").forEach(each -> groups.add(each.getAsString()));
    assertThat(groups).isEqualTo(texts(expected.getAsJsonArray("groups")));
    JsonObject ours = process.getAsJsonObject("capabilities");
    JsonObject sets = expected.getAsJsonObject("caps");
    Map<String, String> names =
        Map.of(
            "inheritable",
            "CapInh",
            "permitted",
            "CapPrm",
            "effective",
            "CapEff",
            "bounding",
            "CapBnd",
            "ambient",
            "CapAmb");
    names.forEach(
        (name, theirs) ->
            assertThat(texts(ours.getAsJsonArray(name)))
                .isEqualTo(Capabilities.names(hex(sets, theirs))));
    assertThat(process.get("no_new_privs").getAsBoolean())
        .isEqualTo(expected.get("no_new_privs").getAsString().equals("1"));
    assertThat(process.get("seccomp").getAsString())
        .isEqualTo(List.of("disabled", "strict", "filter").get(expected.get("seccomp").getAsInt()));
  }

  private static long hex(JsonObject object, String name) {
    return Long.parseUnsignedLong(object.get(name).getAsString(), 16);
  }

  private static void checkIds(JsonObject ours, JsonArray expected) {
    int at = 0;
    for (String name : List.of("real", "effective", "saved", "files")) {
      assertThat(ours.get(name).getAsString()).isEqualTo(expected.get(at).getAsString());
      at++;
    }
  }

  private static void checkSignals(JsonObject process, JsonObject expected) {
    JsonObject sets = expected.getAsJsonObject("signals");
    assertThat(pending(process.getAsJsonArray("signals_pending")))
        .isEqualTo(Signals.names(hex(sets, "ShdPnd")));
    JsonObject leader = process.getAsJsonArray("threads").get(0).getAsJsonObject();
    assertThat(pending(leader.getAsJsonArray("signals_pending")))
        .isEqualTo(Signals.names(hex(sets, "SigPnd")));
    // while it waits in sigsuspend /proc shows the mask of the wait, CRIU the one that comes back
    assertThat(texts(process.getAsJsonArray("signals_blocked")))
        .isEqualTo(suspended(expected) ? List.of("SIGUSR1") : Signals.names(hex(sets, "SigBlk")));
    assertThat(texts(process.getAsJsonArray("signals_ignored")))
        .isEqualTo(Signals.names(hex(sets, "SigIgn")));
    assertThat(texts(process.getAsJsonArray("signals_caught")))
        .isEqualTo(Signals.names(hex(sets, "SigCgt")));
  }

  private static boolean suspended(JsonObject expected) {
    JsonObject leader = expected.getAsJsonArray("threads").get(0).getAsJsonObject();
    return leader.get("syscall").getAsString().matches("(130|179) .*");
  }

  private static List<String> pending(JsonArray signals) {
    List<String> names = new ArrayList<>();
    signals.forEach(each -> names.add(each.getAsJsonObject().get("signal").getAsString()));
    return names;
  }

  private static void checkThreads(JsonObject process, JsonObject expected) {
    Map<Long, String> ours = new TreeMap<>();
    for (JsonElement each : process.getAsJsonArray("threads")) {
      JsonObject thread = each.getAsJsonObject();
      ours.put(thread.get("tid").getAsLong(), thread.get("command").getAsString());
    }
    Map<Long, String> theirs = new TreeMap<>();
    for (JsonElement each : expected.getAsJsonArray("threads")) {
      JsonObject thread = each.getAsJsonObject();
      theirs.put(thread.get("tid_in_container").getAsLong(), thread.get("comm").getAsString());
    }
    assertThat(ours).isEqualTo(theirs);
  }

  /** Lines of /proc/PID/limits, by the place they have there, which is that of the images. */
  private static List<String> limits(String archive, long pid) throws IOException {
    List<String> values = new ArrayList<>();
    Pattern line = Pattern.compile("Max .*?\\s{2,}(\\S+)\\s+(\\S+).*");
    for (String each : CheckpointFixture.text(archive, "proc/" + pid + "/limits").split("\n")) {
      Matcher matcher = line.matcher(each);
      if (matcher.matches()) {
        values.add(matcher.group(1) + " " + matcher.group(2));
      }
    }
    return values;
  }

  private static void checkLimits(JsonObject process, List<String> expected) {
    List<String> ours = new ArrayList<>();
    for (Map.Entry<String, JsonElement> each : process.getAsJsonObject("limits").entrySet()) {
      JsonObject limit = each.getValue().getAsJsonObject();
      ours.add(limit.get("soft").getAsString() + " " + limit.get("hard").getAsString());
    }
    assertThat(ours).hasSize(16).isEqualTo(expected);
  }

  private static void checkGroups(JsonObject process, String expected) {
    JsonObject groups = process.getAsJsonObject("cgroup");
    if (groups.size() == 0) {
      return; // those of CRIU itself are not written
    }
    for (String line : expected.split("\n")) {
      String[] words = line.split(":", 3);
      for (String controller : words[1].split(",")) {
        assertThat(groups.get(controller).getAsString()).isEqualTo(words[2]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar", "ledger-32", "ledger-chain"})
  void openFilesAreAsProcSaidOfThem(String archive) throws IOException {
    List<JsonObject> ours = run("files", archive);
    int compared = 0;
    for (JsonObject process : truth(archive)) {
      long pid = process.get("pid_in_container").getAsLong();
      Map<Long, JsonObject> descriptors = new TreeMap<>();
      ours.stream()
          .filter(each -> !each.get("pid").isJsonNull() && each.get("pid").getAsLong() == pid)
          .filter(each -> !each.get("fd").isJsonNull())
          .forEach(each -> descriptors.put(each.get("fd").getAsLong(), each));
      List<Long> numbers = new ArrayList<>();
      for (JsonElement each : process.getAsJsonArray("fds")) {
        JsonObject expected = each.getAsJsonObject();
        numbers.add(expected.get("fd").getAsLong());
        checkDescriptor(descriptors.get(expected.get("fd").getAsLong()), expected);
        compared++;
      }
      assertThat(descriptors.keySet()).containsExactlyInAnyOrderElementsOf(numbers);
    }
    assertThat(compared).isGreaterThan(30);
  }

  private static void checkDescriptor(JsonObject ours, JsonObject expected) {
    String target = expected.get("target").getAsString();
    boolean deleted = target.endsWith(" (deleted)");
    String path = target.replace(" (deleted)", "");
    assertThat(ours.get("path").getAsString()).isEqualTo(path);
    // the kernel calls every memfd deleted: it never had a name
    assertThat(ours.get("deleted").getAsBoolean())
        .isEqualTo(deleted && !path.startsWith("/memfd:"));
    Map<String, String> info = new HashMap<>();
    for (String line : expected.get("fdinfo").getAsString().split("\n")) {
      info.put(line.replaceFirst(":.*", ""), line.replaceFirst("[^:]*:\\s*", ""));
    }
    long flags = Long.parseLong(info.get("flags"), 8);
    assertThat(texts(ours.getAsJsonArray("flags")))
        .isEqualTo(OpenFlags.names(flags & ~CLOSE_ON_EXEC, null));
    assertThat(ours.get("close_on_exec").getAsBoolean()).isEqualTo((flags & CLOSE_ON_EXEC) != 0);
    if (!ours.get("position").isJsonNull()) {
      assertThat(ours.get("position").getAsString()).isEqualTo(info.get("pos"));
    }
    if (!ours.get("mount_id").isJsonNull()) {
      assertThat(ours.get("mount_id").getAsString()).isEqualTo(info.get("mnt_id"));
    }
    if (!ours.get("size").isJsonNull()) {
      assertThat(ours.get("size").getAsLong()).isEqualTo(expected.get("size").getAsLong());
    }
    if (!ours.get("mode").isJsonNull()) {
      assertThat(expected.get("mode").getAsString()).endsWith(ours.get("mode").getAsString());
    }
    checkDetails(ours, info);
  }

  private static void checkDetails(JsonObject ours, Map<String, String> info) {
    JsonObject details = ours.getAsJsonObject("details");
    switch (ours.get("type").getAsString()) {
      case "eventfd" ->
          assertThat(details.getAsJsonObject("efd").get("counter").getAsLong())
              .isEqualTo(Long.parseLong(info.get("eventfd-count"), 16));
      case "signalfd" ->
          assertThat(Long.decode(details.getAsJsonObject("sgfd").get("sigmask").getAsString()))
              .isEqualTo(Long.parseLong(info.get("sigmask"), 16));
      case "timerfd" ->
          assertThat(details.getAsJsonObject("tfd").get("clockid").getAsString())
              .isEqualTo(info.get("clockid"));
      default -> {}
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2"})
  void deletedFilesAreGivenByteForByte(String archive) throws IOException {
    List<JsonObject> ours = run("files", archive, "--deleted");
    int compared = 0;
    for (Map.Entry<String, byte[]> each : CheckpointFixture.truths(archive).entrySet()) {
      Matcher name = Pattern.compile("deleted/(\\d+)-fd(\\d+)").matcher(each.getKey());
      if (name.matches()) {
        long pid = Long.parseLong(name.group(1));
        long fd = Long.parseLong(name.group(2));
        Stream<JsonObject> found =
            ours.stream()
                .filter(row -> row.get("pid").getAsLong() == pid && !row.get("fd").isJsonNull())
                .filter(row -> row.get("fd").getAsLong() == fd);
        List<JsonObject> rows = found.toList();
        if (!rows.isEmpty()) {
          String id = rows.get(0).get("file_id").getAsString();
          String file = CheckpointFixture.archive(archive).toString();
          Cli.Result content = Cli.run("checkpoint", "files", file, "--content", id);
          assertThat(content.exit()).isZero();
          assertThat(content.bytes()).isEqualTo(each.getValue());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter-podman", "multi-podman", "shop-1", "shop-2", "sidecar"})
  void treeIsAsCritShowsIt(String archive) throws IOException {
    String name = archive.endsWith("podman") ? "ps.txt" : "crit-x-ps.txt";
    List<String> expected =
        CheckpointFixture.text(archive, name).lines().skip(1).map(String::strip).toList();
    Map<Long, JsonObject> ours = byPid(run("ps", archive));
    List<String> lines = new ArrayList<>();
    for (JsonObject each : ours.values()) {
      lines.add(
          String.join(
              " ",
              each.get("pid").getAsString(),
              each.get("process_group").getAsString(),
              each.get("session").getAsString(),
              each.get("command").getAsString()));
    }
    assertThat(lines)
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(line -> line.replaceAll("\\s+", " ")).toList());
  }

  @Test
  void whatWaitsInAPipeIsGiven() {
    String archive = CheckpointFixture.archive("shop-1").toString();
    JsonObject fifo =
        run("files", "shop-1").stream()
            .filter(each -> each.get("type").getAsString().equals("fifo"))
            .findFirst()
            .orElseThrow();
    Cli.Result content =
        Cli.run("checkpoint", "files", archive, "--content", fifo.get("file_id").getAsString());
    assertThat(content.bytes()).hasSize((int) fifo.get("waiting").getAsLong());
    assertThat(new String(content.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(fifo.get("preview").getAsString());
  }
}
