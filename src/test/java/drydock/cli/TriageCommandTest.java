package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import drydock.checkpoint.triage.ClueKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is worth a look in real checkpoints, against what /proc said of the frozen processes. */
class TriageCommandTest {
  private static List<JsonObject> clues(String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("checkpoint", "triage", CheckpointFixture.archive(name).toString()));
    words.addAll(List.of("-o", "jsonl"));
    words.addAll(List.of(more));
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.records();
  }

  private static String text(JsonObject record, String field) {
    return record.get(field).isJsonNull() ? "-" : record.get(field).getAsString();
  }

  /** Kind and process of each clue, in the order of the output. */
  private static List<String> brief(String name) {
    return clues(name).stream().map(each -> text(each, "kind") + " " + text(each, "pid")).toList();
  }

  @Test
  void intruderIsSeenFirst() {
    assertThat(brief("shop-2"))
        .containsExactly(
            "deleted-program 8",
            "added-program 53",
            "odd-place 8",
            "odd-place 53",
            "kernel-name 8",
            "kernel-name 53",
            "writable-executable 1",
            "writable-executable 7",
            "writable-executable 40",
            "shared-executable 8",
            "preload -",
            "name-differs 1",
            "name-differs 7",
            "name-differs 8",
            "name-differs 40",
            "anonymous-executable 1",
            "anonymous-executable 7",
            "anonymous-executable 40",
            "outside-connection 8",
            "other-identity 7",
            "deleted-file 1",
            "deleted-file 1",
            "deleted-file 8",
            "memory-file 8",
            "detached 7",
            "detached 53",
            "listening 1",
            "secret 1",
            "secret 40",
            "secret 53",
            "environment-changed 7",
            "environment-changed 8",
            "odd-directory 8",
            "pending-signal 7");
  }

  @Test
  void littleIsSaidOfAProgramThatDoesItsWork() {
    List<String> expected =
        List.of("deleted-file 1", "host-namespace 1", "listening 1", "secret 1");
    assertThat(brief("counter-podman")).isEqualTo(expected);
    assertThat(brief("counter-later-podman")).isEqualTo(expected);
  }

  @Test
  void severalProcessesAreToldApart() {
    assertThat(brief("multi-podman"))
        .containsExactly(
            "kernel-name 6",
            "name-differs 6",
            "name-differs 8",
            "memory-file 8",
            "host-namespace 1",
            "listening 1",
            "listening 8",
            "secret 6",
            "environment-changed 6",
            "environment-changed 8");
    assertThat(brief("sidecar"))
        .containsExactly(
            "kernel-name 8",
            "name-differs 8",
            "name-differs 10",
            "memory-file 10",
            "listening 1",
            "listening 10",
            "secret 8",
            "environment-changed 8",
            "environment-changed 10");
  }

  @Test
  void rowSaysWhatIsThereAndWhereItIsStored() {
    JsonObject row =
        clues("shop-1").stream()
            .filter(each -> text(each, "kind").equals("shared-executable"))
            .findFirst()
            .orElseThrow();
    assertThat(text(row, "what"))
        .isEqualTo(
            "0x7f0244a9b000-0x7f0244a9e000 r-xs /memfd:stage2,"
                + " begins 7f 45 4c 46 73 74 61 67 65 32 20 74 68 61 74 20 (an ELF program)");
    assertThat(text(row, "container")).isEqualTo("shop");
    assertThat(text(row, "severity")).isEqualTo("high");
    assertThat(text(row, "command")).isEqualTo("kworker/u8:2");
    assertThat(text(row, "reason"))
        .isEqualTo("Code is run out of shared memory or a file in memory.");
    assertThat(text(row, "origin")).endsWith("mm-8.img > 0x7f0244a9b000-0x7f0244a9e000");
  }

  @Test
  void secretsAreShownWhenAskedFor() {
    assertThat(secrets(clues("counter-podman"))).containsExactly("API_TOKEN=[redacted]");
    assertThat(secrets(clues("counter-podman", "--show"))).containsExactly("API_TOKEN=hunter2");
  }

  private static List<String> secrets(List<JsonObject> clues) {
    return clues.stream()
        .filter(each -> text(each, "kind").equals("secret"))
        .map(each -> text(each, "what"))
        .toList();
  }

  private static List<JsonObject> truth(String name) throws IOException {
    return JsonParser.parseString(CheckpointFixture.text(name, "processes.json"))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static Set<String> found(String name, ClueKind kind, boolean withArea) {
    return clues(name).stream()
        .filter(each -> text(each, "kind").equals(kind.label()))
        .map(each -> text(each, "pid") + (withArea ? " " + text(each, "what").split("-| ")[0] : ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Areas as {@code PID 0xSTART} by their letters and names in /proc/PID/maps. */
  private static Set<String> areas(String name, String permissions, String file)
      throws IOException {
    Set<String> areas = new TreeSet<>();
    for (JsonObject process : truth(name)) {
      for (JsonElement each : process.getAsJsonArray("vmas")) {
        JsonObject area = each.getAsJsonObject();
        if (area.get("perms").getAsString().matches(permissions)
            && area.get("name").getAsString().matches(file)) {
          areas.add(process.get("pid_in_container") + " 0x" + area.get("start").getAsString());
        }
      }
    }
    return areas;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void memoryIsWhatTheKernelShowed(String name) throws IOException {
    assertThat(found(name, ClueKind.WRITABLE_EXECUTABLE, true))
        .isEqualTo(areas(name, ".wx.", ".*"));
    assertThat(found(name, ClueKind.ANONYMOUS_EXECUTABLE, true)).isEqualTo(areas(name, "..xp", ""));
    assertThat(found(name, ClueKind.SHARED_EXECUTABLE, true)).isEqualTo(areas(name, "..xs", ".*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void programsAndIdentitiesAreWhatTheKernelShowed(String name) throws IOException {
    Set<String> deleted = new TreeSet<>();
    Set<String> mixed = new TreeSet<>();
    for (JsonObject process : truth(name)) {
      String pid = process.get("pid_in_container").getAsString();
      JsonElement program = process.get("exe");
      if (!program.isJsonNull() && program.getAsString().endsWith(" (deleted)")) {
        deleted.add(pid);
      }
      if (isMixed(process, "uid") || isMixed(process, "gid")) {
        mixed.add(pid);
      }
    }
    assertThat(found(name, ClueKind.DELETED_PROGRAM, false)).isEqualTo(deleted);
    assertThat(found(name, ClueKind.OTHER_IDENTITY, false)).isEqualTo(mixed);
  }

  private static boolean isMixed(JsonObject process, String ids) {
    return process.getAsJsonArray(ids).asList().stream().distinct().count() > 1;
  }

  /** Open deleted files by path: of each one clue, whoever has it. */
  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void deletedFilesAreWhatTheKernelShowed(String name) throws IOException {
    Set<String> expected = new TreeSet<>();
    for (JsonObject process : truth(name)) {
      for (JsonElement each : process.getAsJsonArray("fds")) {
        String target = each.getAsJsonObject().get("target").getAsString();
        if (target.endsWith(" (deleted)")) {
          expected.add(target.replace(" (deleted)", ""));
        }
      }
    }
    Set<String> ours = new TreeSet<>();
    for (JsonObject each : clues(name)) {
      if (Set.of("deleted-file", "memory-file").contains(text(each, "kind"))) {
        ours.add(text(each, "what").replaceFirst("fd \\d+ is ", "").replaceFirst(",.*", ""));
      }
    }
    assertThat(ours).isEqualTo(expected);
  }

  @Test
  void archivesThatCannotBeReadDoNotHideTheOthers() throws IOException {
    Path none = CheckpointFixture.archive("none");
    Cli.Result result =
        Cli.run(
            "checkpoint",
            "triage",
            none.toString(),
            CheckpointFixture.archive("sidecar").toString(),
            "-o",
            "jsonl");
    assertThat(result.exit()).isNotZero();
    assertThat(result.records()).hasSize(9);
  }

  /** The table for people has each kind, with what it is worth and why. */
  @ParameterizedTest
  @EnumSource(ClueKind.class)
  void everyKindIsExplained(ClueKind kind) throws IOException {
    Path folder = Cli.FIXTURES.toAbsolutePath().getParent();
    String row = "| `" + kind.label() + "` | " + kind.severity().label() + " | ";
    assertThat(Files.readString(folder.resolve("docs/triage.md")).lines())
        .anyMatch(line -> line.startsWith(row) && line.endsWith(kind.reason() + " |"));
  }
}
