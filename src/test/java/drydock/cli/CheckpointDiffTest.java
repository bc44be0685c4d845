package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Two checkpoints compared, held against what the running system said at both times. */
class CheckpointDiffTest {
  static final List<String> ALL = CheckpointFixture.ALL;

  private static final int PAGE = 4096;

  @TempDir Path folder;

  private static Cli.Result diff(String before, String after, String... more) {
    List<String> words = new ArrayList<>(List.of("checkpoint", "diff", before, after));
    words.addAll(List.of("-o", "jsonl"));
    words.addAll(List.of(more));
    return Cli.run(words);
  }

  private static String archive(String name) {
    return CheckpointFixture.archive(name).toString();
  }

  private static List<JsonObject> rows(String before, String after) {
    Cli.Result result = diff(archive(before), archive(after));
    assertThat(result.exit()).as(result.err()).isZero();
    return result.records();
  }

  private static List<JsonObject> shop(String kind) {
    return rows("shop-1", "shop-2").stream()
        .filter(each -> text(each, "kind").equals(kind))
        .toList();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private static Map<Integer, JsonObject> processes(String name) throws IOException {
    Map<Integer, JsonObject> processes = new TreeMap<>();
    for (JsonElement each :
        JsonParser.parseString(CheckpointFixture.text(name, "processes.json")).getAsJsonArray()) {
      JsonObject process = each.getAsJsonObject();
      processes.put(process.get("pid_in_container").getAsInt(), process);
    }
    return processes;
  }

  private static Map<String, JsonObject> byName(JsonArray array, String... names) {
    Map<String, JsonObject> objects = new TreeMap<>();
    for (JsonElement each : array) {
      StringBuilder key = new StringBuilder();
      for (String name : names) {
        key.append(each.getAsJsonObject().get(name).getAsString()).append(' ');
      }
      objects.put(key.toString().trim(), each.getAsJsonObject());
    }
    return objects;
  }

  @Test
  void processesThatCameAreTold() throws IOException {
    Set<Integer> before = processes("shop-1").keySet();
    Map<Integer, JsonObject> after = processes("shop-2");
    List<String> expected = new ArrayList<>();
    after.forEach(
        (pid, each) -> {
          if (!before.contains(pid)) {
            expected.add("added " + pid + " " + text(each, "comm") + " " + text(each, "exe"));
          }
        });
    List<String> found = new ArrayList<>();
    for (JsonObject each : shop("process")) {
      JsonObject process = each.getAsJsonObject("after");
      found.add(
          text(each, "change")
              + " "
              + text(each, "pid")
              + " "
              + text(process, "command")
              + " "
              + text(process, "executable"));
    }
    assertThat(found).isEqualTo(expected).hasSize(2);
  }

  /** What the kernel said of those that were there before is the same, and so no row tells it. */
  @Test
  void processesThatDidNotChangeAreNotTold() throws IOException {
    Map<Integer, JsonObject> after = processes("shop-2");
    for (Map.Entry<Integer, JsonObject> each : processes("shop-1").entrySet()) {
      JsonObject other = after.get(each.getKey());
      for (String fact :
          List.of("comm", "cwd", "exe", "cmdline", "environ", "caps", "uid", "gid", "groups")) {
        assertThat(other.get(fact)).as(fact).isEqualTo(each.getValue().get(fact));
      }
    }
    assertThat(shop("environment")).isEmpty();
    assertThat(shop("mount")).isEmpty();
  }

  @Test
  void descriptorsAreThoseThatTheKernelHadAnew() throws IOException {
    Map<Integer, JsonObject> before = processes("shop-1");
    Map<Integer, JsonObject> after = processes("shop-2");
    Set<String> expected = new TreeSet<>();
    for (Map.Entry<Integer, JsonObject> each : after.entrySet()) {
      JsonObject was = before.get(each.getKey());
      Map<String, JsonObject> then =
          was == null ? Map.of() : byName(was.getAsJsonArray("fds"), "fd");
      byName(each.getValue().getAsJsonArray("fds"), "fd")
          .forEach(
              (fd, file) -> {
                String place = each.getKey() + " " + fd + " ";
                if (then.get(fd) == null) {
                  expected.add("added " + place + position(text(file, "fdinfo")));
                } else if (!lasting(then.get(fd)).equals(lasting(file))) {
                  expected.add("changed " + place + position(text(file, "fdinfo")));
                }
              });
      then.keySet().removeAll(byName(each.getValue().getAsJsonArray("fds"), "fd").keySet());
      then.keySet().forEach(fd -> expected.add("removed " + each.getKey() + " " + fd));
    }
    Set<String> found = new TreeSet<>();
    for (JsonObject each : shop("descriptor")) {
      JsonElement position = each.getAsJsonObject("after").get("position");
      found.add(
          text(each, "change")
              + " "
              + text(each, "pid")
              + " "
              + text(each, "what")
              + " "
              + (position == null ? 0 : position.getAsLong()));
    }
    assertThat(found).isEqualTo(expected).hasSize(25);
  }

  private static long position(String fdinfo) {
    return Long.parseLong(fdinfo.split("\\s+")[1]);
  }

  /** Without the time that is left of a timer. */
  private static String lasting(JsonObject file) {
    return text(file, "target") + text(file, "fdinfo").replaceAll("it_value: .*", "");
  }

  @Test
  void theDeletedFileThatWasOpenedLaterComesWithItsContent() throws IOException {
    JsonObject opened = shop("descriptor").get(0);

    assertThat(text(opened, "pid") + " " + text(opened, "what")).isEqualTo("1 21");
    assertThat(text(opened.getAsJsonObject("after"), "path")).isEqualTo("/var/tmp/second.log");
    JsonObject truth = byName(processes("shop-2").get(1).getAsJsonArray("fds"), "fd").get("21");
    assertThat(opened.getAsJsonObject("after").get("ghost_sha256")).isEqualTo(truth.get("sha256"));
  }

  /** An area has a row if, and only if, the kernel's bytes of it differ. */
  @Test
  void pagesChangedWhereTheBytesOfTheRunningProcessDid() throws IOException {
    Map<Integer, JsonObject> after = processes("shop-2");
    Set<String> expected = new TreeSet<>();
    int areas = 0;
    for (Map.Entry<Integer, JsonObject> each : processes("shop-1").entrySet()) {
      Map<String, JsonObject> is =
          byName(after.get(each.getKey()).getAsJsonArray("vmas"), "start", "end", "perms", "name");
      Map<String, JsonObject> was =
          byName(each.getValue().getAsJsonArray("vmas"), "start", "end", "perms", "name");
      assertThat(was.keySet()).isEqualTo(is.keySet());
      for (Map.Entry<String, JsonObject> area : was.entrySet()) {
        areas++;
        if (!Objects.equals(area.getValue().get("sha256"), is.get(area.getKey()).get("sha256"))) {
          expected.add(each.getKey() + " " + range(area.getValue()));
        }
      }
    }
    Set<String> found = new TreeSet<>();
    shop("pages").forEach(each -> found.add(text(each, "pid") + " " + text(each, "what")));

    assertThat(found).isEqualTo(expected).hasSize(8);
    assertThat(areas).isEqualTo(49);
    assertThat(shop("area")).isEmpty();
  }

  private static String range(JsonObject area) {
    return "0x"
        + Long.toHexString(Long.parseUnsignedLong(text(area, "start"), 16))
        + "-0x"
        + Long.toHexString(Long.parseUnsignedLong(text(area, "end"), 16));
  }

  /** By the bytes of the stack as the kernel gave them both times. */
  @Test
  void rangesAreThePagesThatDiffer() throws IOException {
    byte[] was = CheckpointFixture.truth("shop-1", "proc/1/stack.bin");
    byte[] is = CheckpointFixture.truth("shop-2", "proc/1/stack.bin");
    JsonObject stack =
        shop("pages").stream()
            .filter(each -> text(each, "pid").equals("1"))
            .filter(each -> text(each.getAsJsonObject("after"), "kind").equals("stack"))
            .findFirst()
            .orElseThrow()
            .getAsJsonObject();
    long start = Long.decode(text(stack, "what").split("-")[0]);
    Set<Long> expected = new TreeSet<>();
    for (int at = 0; at < was.length; at += PAGE) {
      if (!Arrays.equals(was, at, at + PAGE, is, at, at + PAGE)) {
        expected.add(start + at);
      }
    }
    Set<Long> found = new TreeSet<>();
    for (JsonElement each : stack.getAsJsonObject("after").getAsJsonArray("ranges")) {
      long end = Long.decode(text(each.getAsJsonObject(), "end"));
      for (long at = Long.decode(text(each.getAsJsonObject(), "start")); at < end; at += PAGE) {
        found.add(at);
      }
    }
    assertThat(found).isEqualTo(expected).hasSize(2);
  }

  @Test
  void mountsOfTheOneThatTheOtherHasNotAreTold() {
    List<String> found =
        diff(archive("shop-1"), archive("sidecar")).records().stream()
            .filter(each -> text(each, "kind").equals("mount"))
            .map(each -> text(each, "change") + " " + text(each, "what"))
            .toList();

    assertThat(found).contains("removed /etc/shop.ini");
  }

  /** Sockets are the same but for the child that holds them, too. */
  @Test
  void socketsThatAChildInheritedHaveOneHolderMore() throws IOException {
    Map<String, JsonObject> after =
        byName(processes("shop-2").get(40).getAsJsonArray("fds"), "target");
    Set<String> expected = new TreeSet<>();
    for (String each : after.keySet()) {
      if (each.startsWith("socket:")) {
        expected.add(each.substring("socket:".length()));
      }
    }
    Set<String> found = new TreeSet<>();
    for (JsonObject each : shop("socket")) {
      assertThat(each.getAsJsonObject("after").keySet()).containsExactly("holders");
      assertThat(each.getAsJsonObject("after").toString()).contains("\"40:");
      found.add(text(each, "what").replaceFirst("[^:]*:", ""));
    }
    assertThat(found).isEqualTo(expected).isNotEmpty();
  }

  /**
   * All that the kernel's merged root had otherwise, but for what the archives do not keep; and
   * what is told besides was only copied up from the image.
   */
  @Test
  void filesAreThoseOfTheKernelsRoot() throws IOException {
    Map<String, JsonObject> before = root("shop-1");
    Map<String, JsonObject> after = root("shop-2");
    Map<String, String> found = new TreeMap<>();
    for (JsonObject each : shop("file")) {
      found.put(path(each), text(each, "change"));
    }
    Map<String, String> expected = new TreeMap<>();
    for (Map.Entry<String, JsonObject> each : after.entrySet()) {
      JsonObject was = before.get(each.getKey());
      if (was == null) {
        expected.put(each.getKey(), "added");
      } else if (!facts(was).equals(facts(each.getValue()))) {
        // what the first archive does not have was as in the image then
        expected.put(each.getKey(), found.getOrDefault(each.getKey(), "changed"));
      }
    }
    before.keySet().stream()
        .filter(each -> !after.containsKey(each))
        .forEach(each -> expected.put(each, "removed"));
    // a directory that went is one mark; of times of directories alone the archive tells not all
    expected.keySet().removeIf(each -> each.startsWith("/usr/share/doc/nginx/"));
    expected.remove("/var/tmp");
    Map<String, String> copiedUp = new TreeMap<>(found);
    copiedUp.keySet().removeAll(expected.keySet());
    Map<String, String> told = new TreeMap<>(found);
    told.keySet().removeAll(copiedUp.keySet());

    assertThat(told).isEqualTo(expected).hasSizeGreaterThan(20);
    assertThat(copiedUp.keySet())
        .isEqualTo(Set.of("/root", "/srv", "/srv/shop/a", "/usr", "/usr/bin", "/usr/share"));
  }

  /** As the truth writes it: everything but ASCII escaped. */
  private static String path(JsonObject row) {
    return text(row, "what").replace("\u00f6", "\\xc3\\xb6").replace("\u00df", "\\xc3\\x9f");
  }

  private static Map<String, JsonObject> root(String name) throws IOException {
    Map<String, JsonObject> root = new HashMap<>();
    for (String line : CheckpointFixture.text(name, "rootfs.jsonl").split("\n")) {
      JsonObject file = JsonParser.parseString(line).getAsJsonObject();
      root.put(text(file, "path"), file);
    }
    return root;
  }

  /** Of directories not the size. */
  private static List<JsonElement> facts(JsonObject file) {
    List<JsonElement> facts = new ArrayList<>();
    for (String each : List.of("type", "mode", "uid", "gid", "mtime", "sha256", "target", "rdev")) {
      facts.add(file.get(each));
    }
    return facts;
  }

  /** The only page that differs, by the bytes of the images and the map of the pages. */
  @Test
  void onePageIsAllThatTheCounterChanged() throws IOException {
    byte[] before = CheckpointFixture.members("counter-podman").get("checkpoint/pages-1.img");
    byte[] after = CheckpointFixture.members("counter-later-podman").get("checkpoint/pages-1.img");
    Set<Integer> pages = new TreeSet<>();
    for (int at = 0; at < before.length; at += PAGE) {
      if (!Arrays.equals(before, at, at + PAGE, after, at, at + PAGE)) {
        pages.add(at / PAGE);
      }
    }
    List<JsonObject> found = rows("counter-podman", "counter-later-podman");

    assertThat(pages).hasSize(1);
    assertThat(found).hasSize(1);
    JsonObject told = found.get(0).getAsJsonObject("after");
    assertThat(told.get("changed_pages").getAsInt()).isEqualTo(1);
    JsonObject range = told.getAsJsonArray("ranges").get(0).getAsJsonObject();
    long address = address("counter-podman", pages.iterator().next());
    assertThat(text(range, "start")).isEqualTo("0x" + Long.toHexString(address));
    assertThat(text(range, "end")).isEqualTo("0x" + Long.toHexString(address + PAGE));
  }

  /** Where a page of the image belongs, as crit shows the map. */
  private static long address(String name, int page) throws IOException {
    JsonArray entries =
        JsonParser.parseString(truth(name, "pagemap-1.json"))
            .getAsJsonObject()
            .getAsJsonArray("entries");
    int left = page;
    for (int i = 1; i < entries.size(); i++) {
      JsonObject entry = entries.get(i).getAsJsonObject();
      int count = entry.get("nr_pages").getAsInt();
      if (left < count) {
        return Long.decode(text(entry, "vaddr")) + (long) left * PAGE;
      }
      left -= count;
    }
    throw new AssertionError("no such page");
  }

  private static String truth(String name, String file) throws IOException {
    for (Map.Entry<String, byte[]> each : CheckpointFixture.truths(name).entrySet()) {
      if (each.getKey().endsWith(file)) {
        return new String(each.getValue(), UTF_8);
      }
    }
    throw new AssertionError("no truth " + file);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void aCheckpointIsNotDifferentFromItself(String name) {
    assertThat(rows(name, name)).isEmpty();
  }

  @Test
  void theOtherWayAroundWhatCameWentAndWhatChangedIsTurned() {
    Set<String> there = new TreeSet<>();
    rows("shop-1", "shop-2").forEach(each -> there.add(turned(each, false)));
    Set<String> back = new TreeSet<>();
    diff(archive("shop-2"), archive("shop-1"))
        .records()
        .forEach(each -> back.add(turned(each, true)));

    assertThat(back).isEqualTo(there);
  }

  private static String turned(JsonObject row, boolean turn) {
    String change = text(row, "change");
    JsonElement before = row.get(turn ? "after" : "before");
    JsonElement after = row.get(turn ? "before" : "after");
    if (turn && !change.equals("changed")) {
      change = change.equals("added") ? "removed" : "added";
    }
    // of pages only where they are is told
    boolean pages = text(row, "kind").equals("pages");
    return String.join(
        " ",
        text(row, "kind"),
        change,
        String.valueOf(row.get("pid")),
        text(row, "what"),
        pages ? "" : before + " " + after);
  }

  @Test
  void ofOtherContainersAndInTheWrongOrderANoteIsSaid() {
    Cli.Result other = diff(archive("shop-1"), archive("sidecar"));
    assertThat(other.exit()).isZero();
    assertThat(other.err()).contains("not of the same container");
    assertThat(diff(archive("shop-2"), archive("shop-1")).err())
        .contains("was made before the first");
    assertThat(diff(archive("shop-1"), archive("shop-2")).err()).isEmpty();
  }

  @Test
  void aProgramThatBeganAnewUnderTheSameNumberIsNotTheSameProcess() {
    List<String> found =
        diff(archive("shop-1"), archive("sidecar")).records().stream()
            .filter(each -> text(each, "kind").equals("process"))
            .map(each -> text(each, "change") + " " + text(each, "pid"))
            .toList();

    assertThat(found).contains("removed 1", "added 1").doesNotContain("changed 1");
  }

  @Test
  void howTheyArePackedDoesNotMatter() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members("sidecar").entrySet()) {
      Path file = unpacked.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    Cli.Result image =
        Cli.run("checkpoint", "to-image", archive("sidecar"), "--to", folder + "/image.tar");
    assertThat(image.exit()).isZero();

    assertThat(diff(archive("sidecar"), unpacked.toString()).records()).isEmpty();
    assertThat(diff(unpacked.toString(), folder + "/image.tar").records()).isEmpty();
  }

  @Test
  void whatIsLostOfOneIsAFindingAndTheRestIsCompared() throws IOException {
    byte[] whole = Files.readAllBytes(CheckpointFixture.archive("counter-later-podman"));
    for (int cut : new int[] {whole.length / 4, whole.length / 2, whole.length * 3 / 4}) {
      Path part = folder.resolve("part-" + cut + ".tar");
      Files.write(part, Arrays.copyOf(whole, cut));
      Cli.Result result = diff(archive("counter-podman"), part.toString());

      assertThat(result.exit()).as(result.err()).isEqualTo(3);
    }
  }
}
