package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeline -o jsonl}, {@code csv} and {@code l2tcsv}. */
class EventsTest {
  private static final Map<String, String> TIMES =
      Map.of(
          "Content Modification Time", "mtime",
          "Last Access Time", "atime",
          "Metadata Modification Time", "ctime",
          "Creation Time", "btime");

  @TempDir Path folder;

  private static List<JsonObject> events(String... arguments) {
    List<String> all = new ArrayList<>(List.of("timeline"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("-o", "jsonl"));
    Cli.Result result = Cli.run(all);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.records();
  }

  private static String text(JsonObject event, String field) {
    JsonElement value = event.get(field);
    return value == null || value.isJsonNull() ? "-" : value.getAsString();
  }

  /** To the nanosecond, as the CRI plugin told while it ran. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void containersBeginAndEndWhenTheRuntimeSaid(String node) throws IOException {
    Set<String> found = new HashSet<>();
    for (JsonObject event : events(Cli.node(node), "--kind", "container,sandbox")) {
      Instant time = Instant.parse(text(event, "datetime"));
      boolean exit = text(event, "timestamp_desc").equals("Exit Time");
      found.add(
          String.join(
              " ",
              text(event, "container_id"),
              text(event, "timestamp_desc"),
              nanos(time),
              exit ? text(event, "exit_code") : "-",
              exit ? text(event, "reason") : "-"));
    }
    List<String> told = new ArrayList<>();
    for (JsonObject status : statuses(node)) {
      String id = text(status, "id");
      told.add(String.join(" ", id, "Creation Time", time(status, "created_at"), "- -"));
      if (!time(status, "started_at").equals("0")) {
        told.add(String.join(" ", id, "Start Time", time(status, "started_at"), "- -"));
      }
      if (!time(status, "finished_at").equals("0")) {
        String code = status.has("exit_code") ? text(status, "exit_code") : "0";
        String end = String.join(" ", code, text(status, "reason"));
        told.add(String.join(" ", id, "Exit Time", time(status, "finished_at"), end));
      }
    }
    assertThat(told).hasSizeGreaterThan(5);
    assertThat(found).containsAll(told);
    assertThat(found.stream().filter(each -> each.matches(".* (Start|Exit) Time .*")))
        .as("no start and no end that the runtime knows nothing of")
        .isSubsetOf(told);
  }

  private static List<JsonObject> statuses(String node) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    for (String kind : List.of("container", "pod")) {
      Path truth = Cli.FIXTURES.resolve(node).resolve("truth/live/cri").resolve(kind);
      try (Stream<Path> files = Files.list(truth)) {
        for (Path file : files.sorted().toList()) {
          JsonObject told = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
          all.add(told.has("status") ? told.getAsJsonObject("status") : told);
        }
      }
    }
    return all;
  }

  /** Nanoseconds since 1970; 0 is never. */
  private static String time(JsonObject status, String field) {
    String told = text(status, field);
    if (told.equals("-")) {
      return "0";
    }
    return told.contains("T") ? nanos(Instant.parse(told)) : told;
  }

  private static String nanos(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(time.getNano()))
        .toString();
  }

  @Test
  void kubeletTellsOfDirectoriesLogsAndCheckpoints() {
    List<String> told = new ArrayList<>();
    for (JsonObject event : events(Cli.node("gke-small"), "--kind", "pod,volume,log")) {
      told.add(text(event, "datetime") + " " + text(event, "message"));
    }
    assertThat(told)
        .containsExactly(
            "2026-11-22T01:00:38.253958404Z directory of pod shop/web-0 made",
            "2026-11-22T01:00:38.313958406Z directory of volume kube-api-access-7xk2p"
                + " (kubernetes.io~projected) of pod shop/web-0 made",
            "2026-11-22T01:00:38.318356535Z directory of volume uploads"
                + " (kubernetes.io~empty-dir) of pod shop/web-0 made",
            "2026-11-22T01:00:38.321479904Z directory of volume cfg"
                + " (kubernetes.io~configmap) of pod shop/web-0 made",
            "2026-11-22T01:00:54.000000000Z log of container shop/web-0/web rotated to"
                + " 0.log.20261122-010054");
    List<String> checkpoints = new ArrayList<>();
    for (JsonObject event : events(Cli.node("gke-ckpt"), "--kind", "checkpoint")) {
      checkpoints.add(
          text(event, "datetime") + " " + text(event, "pod") + "/" + text(event, "container"));
    }
    assertThat(checkpoints)
        .containsExactly(
            "2026-11-22T01:37:55.266628788Z shop-7d9c/shop",
            "2026-11-22T01:38:02.258035742Z shop-7d9c/shop",
            "2026-11-22T01:38:03.350035780Z shop-7d9c/sidecar");
  }

  /** What Timesketch requires of every line (timesketch/lib/utils.py), sorted. */
  @Test
  void everyEventIsOneThatTimesketchTakesAndTheyAreSorted() {
    List<JsonObject> events = events(Cli.node("gke-small"));
    Instant last = Instant.MIN;
    String origin = "";
    Set<String> kinds = new HashSet<>();
    for (JsonObject event : events) {
      for (String field : List.of("message", "datetime", "timestamp_desc", "data_type")) {
        assertThat(text(event, field)).isNotIn("-", "");
      }
      assertThat(text(event, "datetime"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
      Instant time = Instant.parse(text(event, "datetime"));
      long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
      assertThat(event.get("timestamp").getAsLong()).isEqualTo(micros);
      assertThat(time).isAfterOrEqualTo(last);
      if (time.equals(last)) {
        assertThat(text(event, "origin")).isGreaterThanOrEqualTo(origin);
      }
      last = time;
      origin = text(event, "origin");
      kinds.add(text(event, "kind"));
    }
    assertThat(events).hasSizeGreaterThan(1000);
    assertThat(kinds).contains("file", "container-exited", "log-rotated", "layer-unpacked");
  }

  /** Times from 1901 to 2446 to the nanosecond, and names of any bytes, as the kernel told them. */
  @ParameterizedTest
  @ValueSource(strings = {"ext4-4k", "ext2-1k", "ext4-inline"})
  void everyTimeOfEveryFileIsAnEvent(String image) throws IOException {
    Path disk = folder.resolve(image + ".raw");
    Files.write(disk, unpacked("ext4/" + image + ".img.gz"));
    Map<String, String> found = new HashMap<>();
    Cli.Result result = Cli.run("timeline", disk.toString(), "-o", "jsonl", "--no-deleted");
    for (JsonObject event : result.records()) {
      Instant time = Instant.parse(text(event, "datetime"));
      String path =
          event.has("path_hex")
              ? text(event, "path_hex")
              : HexFormat.of().formatHex(text(event, "path").getBytes(UTF_8));
      String what = path + " " + TIMES.get(text(event, "timestamp_desc"));
      String all = nanos(time) + " " + text(event, "inode") + " " + text(event, "size");
      assertThat(found.put(what, all)).as(what).isNull();
    }
    int compared = 0;
    for (String line :
        new String(unpacked("ext4/" + image + ".jsonl.gz"), ISO_8859_1).split("\n")) {
      JsonObject file = JsonParser.parseString(line).getAsJsonObject();
      String path = HexFormat.of().formatHex(unescaped(text(file, "path")).getBytes(ISO_8859_1));
      for (String name : TIMES.values()) {
        if (!text(file, name).equals("-")) {
          String all = text(file, name) + " " + text(file, "ino") + " " + text(file, "size");
          assertThat(found.remove(path + " " + name)).as(text(file, "path")).isEqualTo(all);
          compared++;
        }
      }
    }
    assertThat(found).isEmpty();
    assertThat(compared).isGreaterThan(3000);
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      boolean escape = text.startsWith("\\x", at);
      out.append(escape ? (char) Integer.parseInt(text, at + 2, at + 4, 16) : text.charAt(at));
      at += escape ? 3 : 0;
    }
    return out.toString();
  }

  @Test
  void containersHaveTheirFilesAndWhatHasToDoWithThem() {
    List<JsonObject> all = events(Cli.node("gke-small"), "web", "--kind", "file,log,container");
    Set<String> whose = new HashSet<>();
    for (JsonObject event : all) {
      whose.add(text(event, "kind").split("-")[0] + " " + text(event, "container"));
    }
    assertThat(whose).contains("file web", "container web").doesNotContain("file -");
    assertThat(whose).noneMatch(text -> text.contains("exporter"));
    JsonObject file = all.stream().filter(e -> text(e, "kind").equals("file")).findFirst().get();
    assertThat(text(file, "message")).startsWith("shop/web-0/web:/");
    assertThat(text(file, "pod")).isEqualTo("web-0");
    assertThat(text(file, "namespace")).isEqualTo("k8s.io");
    List<JsonObject> records = events(Cli.node("gke-small"), "web", "--no-files");
    int ofAll = events(Cli.node("gke-small"), "--no-files").size();
    assertThat(records).hasSizeBetween(15, ofAll - 5);
    assertThat(records).allMatch(event -> !text(event, "kind").equals("file"));
  }

  @Test
  void timesAndKindsChoose() {
    String disk = Cli.node("gke-small");
    List<JsonObject> all = events(disk, "--no-deleted");
    String middle = text(all.get(all.size() / 2), "datetime");
    List<JsonObject> before = events(disk, "--no-deleted", "--until", middle);
    List<JsonObject> after = events(disk, "--no-deleted", "--since", middle);
    assertThat(before.size() + after.size()).isEqualTo(all.size());
    assertThat(text(after.get(0), "datetime")).isEqualTo(middle);
    assertThat(text(before.get(before.size() - 1), "datetime")).isLessThan(middle);
    List<JsonObject> files = events(disk, "--no-deleted", "--no-events");
    assertThat(files).allMatch(event -> text(event, "kind").equals("file"));
    assertThat(events(disk, "--no-files").size() + files.size()).isEqualTo(all.size());
  }

  @Test
  void csvHasTheSameAndL2tHasSeventeenFields() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    for (String name : List.of("a,b", "c\"d", "e\nf", "g\u001b[31m", "plain")) {
      Files.createFile(tree.resolve(name));
    }
    List<JsonObject> events = events(tree.toString());
    List<List<String>> csv = rows(Cli.run("timeline", tree.toString(), "-o", "csv"));
    List<List<String>> l2t = rows(Cli.run("timeline", tree.toString(), "-o", "l2tcsv"));
    assertThat(csv).hasSize(events.size() + 1);
    assertThat(l2t).hasSize(events.size() + 1).allMatch(row -> row.size() == 17);
    assertThat(String.join(",", l2t.get(0)))
        .isEqualTo(
            "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,"
                + "inode,notes,format,extra");
    Map<String, Integer> macb = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      JsonObject event = events.get(i);
      List<String> row = csv.get(i + 1);
      for (int field = 0; field < row.size(); field++) {
        String told = text(event, csv.get(0).get(field));
        assertThat(row.get(field)).isEqualTo(told.equals("-") ? "" : told);
      }
      List<String> old = l2t.get(i + 1);
      String time = text(event, "datetime");
      String day = time.substring(5, 7) + "/" + time.substring(8, 10) + "/" + time.substring(0, 4);
      assertThat(old.get(0) + " " + old.get(1)).isEqualTo(day + " " + time.substring(11, 19));
      assertThat(old.get(12)).doesNotContain("\n", "\u001b");
      assertThat(old.get(16)).contains("datetime: " + time);
      macb.merge(old.get(3), 1, Integer::sum);
    }
    assertThat(macb).containsOnlyKeys("...B", "..C.", ".A..", "M...");
  }

  /** The fields of RFC 4180. */
  private static List<List<String>> rows(Cli.Result result) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    String text = result.out();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        boolean twice = quoted && text.startsWith("\"\"", at);
        quoted = twice || !quoted;
        field.append(twice ? "\"" : "");
        at += twice ? 1 : 0;
      } else if (!quoted && (c == ',' || c == '\r')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\r') {
          rows.add(row);
          row = new ArrayList<>();
          at++;
        }
      } else {
        field.append(c);
      }
    }
    assertThat(row).isEmpty();
    return rows;
  }

  @Test
  void onlyWhatIsTypedRightIsDone() {
    String disk = Cli.node("gke-small");
    assertThat(Cli.run("timeline", disk, "--kind", "file").err()).contains("body file");
    assertThat(Cli.run("timeline", disk, "--since", "2026-11-22").exit()).isEqualTo(2);
    assertThat(Cli.run("timeline", disk, "-o", "csv", "--md5").exit()).isEqualTo(2);
    Cli.Result wrong = Cli.run("timeline", disk, "-o", "csv", "--kind", "contain");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("container-exited");
    assertThat(Cli.run("timeline", disk, "-o", "csv", "--until", "noon").exit()).isEqualTo(2);
  }

  private static byte[] unpacked(String fixture) throws IOException {
    try (InputStream file = Files.newInputStream(Cli.FIXTURES.resolve(fixture));
        InputStream in = new GZIPInputStream(file)) {
      return in.readAllBytes();
    }
  }
}
