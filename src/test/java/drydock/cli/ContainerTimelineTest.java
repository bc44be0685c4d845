package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.fs.NameText;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeline} of containers: merged views, layers, and what layers hide. */
class ContainerTimelineTest {
  private static final String WEB = "da18ca8a8a07";

  /** Every file of every container's view, as the kernel showed it mounted. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-ckpt", "k3s", "gke-wp"})
  void mergedViewsAreTheKernels(String node) throws IOException {
    Map<String, Path> listings = new TreeMap<>();
    try (Stream<Path> files = Files.list(Cli.FIXTURES.resolve(node).resolve("truth/rootfs"))) {
      files.forEach(file -> listings.put(id(file), file));
    }
    List<String> typed = new ArrayList<>(List.of("timeline", Cli.node(node)));
    typed.addAll(listings.keySet());
    typed.addAll(List.of("--no-volumes", "--no-deleted", "--fraction"));
    Cli.Result result = Cli.run(typed);
    assertThat(result.exit()).isZero();
    Map<String, String> ours = lines(result);
    int told = 0;
    for (Map.Entry<String, Path> listing : listings.entrySet()) {
      for (JsonObject file : records(listing.getValue())) {
        String path = listing.getKey() + ":" + bytes(file.get("path").getAsString());
        assertThat(ours.remove(path)).as(path).isEqualTo(facts(file, "real_ino"));
        told++;
      }
    }
    assertThat(ours).isEmpty();
    assertThat(told).isGreaterThan(200);
  }

  private static String id(Path listing) {
    return listing.getFileName().toString().replaceAll("^(k8s.io|default)-|\\.jsonl\\.gz$", "");
  }

  /** As the engine's host saw the directories of layers that containers wrote to. */
  @ParameterizedTest
  @ValueSource(strings = {"delta-web", "delta-root", "delta-worker"})
  void upperIsTheWritableLayerAlone(String name) throws IOException {
    Path truth = Cli.FIXTURES.resolve("docker-containerd/truth");
    String id = dockerId(truth, name);
    Cli.Result result =
        Cli.run(
            "timeline", Cli.node("docker-containerd"), id, "--upper", "--no-deleted", "--fraction");
    Map<String, String> ours = lines(result);
    for (JsonObject file : records(truth.resolve("containers/" + name + "/upper.jsonl"))) {
      String path = id + ":" + bytes(file.get("path").getAsString());
      assertThat(ours.remove(path)).as(path).isEqualTo(facts(file, "ino"));
    }
    assertThat(ours).isEmpty();
  }

  private static String dockerId(Path truth, String name) throws IOException {
    for (JsonElement each :
        JsonParser.parseString(Files.readString(truth.resolve("containers.json")))
            .getAsJsonArray()) {
      JsonObject container = each.getAsJsonObject();
      if (container.get("Name").getAsString().equals("/" + name)) {
        return container.get("Id").getAsString();
      }
    }
    throw new AssertionError(name);
  }

  /** Their lines are those of the node for the same files, which knows nothing of layers. */
  @Test
  void layersAreTheDirectoriesOfTheNode() {
    String node = Cli.node("gke-small");
    Map<String, String> whole = lines(Cli.run("timeline", node, "--no-deleted"));
    Map<String, String> layers = lines(Cli.run("timeline", node, WEB, "--layers", "--no-deleted"));
    Map<String, String> roots = new HashMap<>();
    List<JsonObject> chain =
        Cli.run("list", "snapshots", node, "-o", "jsonl").records().stream().toList();
    for (JsonObject snapshot : chain) {
      if (snapshot.has("path") && !snapshot.get("path").isJsonNull()) {
        String path = snapshot.get("path").getAsString();
        roots.put(whole.getOrDefault(path, "-"), path);
      }
    }
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, String> line : layers.entrySet()) {
      String[] parts = line.getKey().split(":", 3);
      String root = roots.get(layers.get(parts[0] + ":" + parts[1] + ":/"));
      String there = root + (parts[2].equals("/") ? "" : parts[2]);
      assertThat(line.getValue()).as(there).isEqualTo(whole.get(there));
      seen.add(parts[1]);
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "layer0", "layer1", "layer2", "layer3", "layer4", "layer5", "layer6", "layer7");
    assertThat(layers.get(WEB + ":layer0:/var/log/nginx/access.log")).contains("c/c---------");
  }

  /** What lower layers have and upper ones deleted, with all that was in it. */
  @Test
  void whatLayersHideIsMarkedAsDeleted() {
    String node = Cli.node("gke-small");
    List<String> hidden = new ArrayList<>();
    for (String[] fields : fields(Cli.run("timeline", node, WEB, "--no-volumes"))) {
      if (fields[1].endsWith(" (deleted)")) {
        hidden.add(fields[1].replace(WEB + ":", "") + " " + fields[2] + " " + fields[6]);
      }
    }
    assertThat(hidden)
        .containsExactly(
            "/etc/deleted-in-a-layer.conf (deleted) 7051 17",
            "/etc/nginx/conf.d/default.conf (deleted) 7023 22",
            "/opt/build (deleted) 7048 4096",
            "/opt/build/id_rsa (deleted) 7049 31",
            "/usr/share/doc/nginx (deleted) 7035 4096",
            "/usr/share/doc/nginx/README (deleted) 7036 6",
            "/usr/share/doc/nginx/copyright (deleted) 7037 5",
            "/var/cache/apt/pkgcache.bin (deleted) 7031 3000",
            "/var/log/nginx/access.log (deleted) 7027 26");
    Cli.Result events =
        Cli.run("timeline", node, WEB, "-o", "jsonl", "--kind", "file", "--no-volumes");
    List<JsonObject> told =
        events.records().stream()
            .filter(event -> event.has("fate"))
            .filter(event -> event.get("path").getAsString().equals("/opt/build/id_rsa"))
            .toList();
    assertThat(told).hasSize(4);
    assertThat(told)
        .allMatch(event -> event.get("fate").getAsString().equals("hidden"))
        .allMatch(event -> event.get("layer").getAsInt() > 0)
        .allMatch(event -> event.get("message").getAsString().contains("by a layer above"));
  }

  /** What was mounted is shown at its place, as ls shows it. */
  @Test
  void whatWasMountedIsThereUnlessItIsNotWanted() {
    String node = Cli.node("gke-small");
    Set<String> with = lines(Cli.run("timeline", node, WEB, "--no-deleted")).keySet();
    Set<String> without =
        lines(Cli.run("timeline", node, WEB, "--no-deleted", "--no-volumes")).keySet();
    Set<String> shown = new HashSet<>();
    Cli.run("find", node, WEB + ":/", "-o", "jsonl")
        .records()
        .forEach(row -> shown.add(WEB + ":" + bytes(row.get("path").getAsString())));
    assertThat(with).isEqualTo(shown).hasSizeGreaterThan(without.size());
    assertThat(with).noneMatch(name -> name.contains("$OrphanFiles"));
  }

  @Test
  void allContainersHaveTheirNames() {
    String node = Cli.node("gke-small");
    Set<String> names = new HashSet<>();
    for (String name : lines(Cli.run("timeline", node, "--containers")).keySet()) {
      names.add(name.substring(0, name.indexOf(':')));
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "5b9ece42da45", "shop/web-0/exporter", "shop/web-0/migrate", "shop/web-0/web");
    for (String name : names) {
      assertThat(Cli.run("inspect", node, name).exit()).as(name).isZero();
    }
    Cli.Result apart = Cli.run("timeline", node, "--containers", "--hide", "sandbox");
    assertThat(apart.err()).contains("1 containers hidden");
    assertThat(lines(apart).keySet()).noneMatch(name -> name.startsWith("5b9e"));
    Set<String> kinds = new HashSet<>();
    Cli.run("timeline", node, "--containers", "-o", "jsonl")
        .records()
        .forEach(event -> kinds.add(event.get("kind") + " " + event.get("pod")));
    assertThat(kinds)
        .contains("\"file\" \"web-0\"", "\"lease-created\" null")
        .doesNotContain("\"file\" null");
  }

  @Test
  void onlyWhatIsTypedRightIsDone() {
    String node = Cli.node("gke-small");
    for (List<String> wrong :
        List.of(
            List.of("--upper"),
            List.of("--layers"),
            List.of("web", "--upper", "--layers"),
            List.of("web", "--containers"),
            List.of("--hide", "sandbox"))) {
      List<String> typed = new ArrayList<>(List.of("timeline", node));
      typed.addAll(wrong);
      assertThat(Cli.run(typed).exit()).as(wrong.toString()).isEqualTo(2);
    }
  }

  /** The facts of each line by its name, which is there once. */
  private static Map<String, String> lines(Cli.Result result) {
    Map<String, String> lines = new TreeMap<>();
    for (String[] fields : fields(result)) {
      String name = fields[1];
      String target = "-";
      int arrow = name.lastIndexOf(" -> ");
      if (fields[3].charAt(2) == 'l' && arrow > 0) {
        target = unescaped(name.substring(arrow + 4));
        name = name.substring(0, arrow);
      }
      List<String> facts = new ArrayList<>(List.of(fields).subList(2, fields.length));
      facts.add(target);
      assertThat(lines.put(unescaped(name), String.join(" ", facts))).as(name).isNull();
    }
    return lines;
  }

  private static List<String[]> fields(Cli.Result result) {
    return new String(result.bytes(), ISO_8859_1)
        .lines()
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  /** The same facts as the kernel told them. */
  private static String facts(JsonObject file, String inode) {
    String type = file.get("type").getAsString().substring(0, 1).replace('f', 'r');
    int mode = Integer.parseInt(file.get("mode").getAsString(), 8);
    List<String> facts = new ArrayList<>();
    facts.add(file.get(inode).getAsString());
    facts.add(type + "/" + (type.equals("s") ? "h" : type) + letters(mode));
    for (String name : List.of("uid", "gid", "size")) {
      facts.add(file.get(name).getAsString());
    }
    for (String name : List.of("atime", "mtime", "ctime", "btime")) {
      boolean known = file.has(name) && !file.get(name).isJsonNull();
      BigDecimal seconds = known ? file.get(name).getAsBigDecimal().movePointLeft(9) : null;
      facts.add(seconds == null ? "0" : seconds.setScale(9).toPlainString());
    }
    facts.add(file.has("target") ? bytes(file.get("target").getAsString()) : "-");
    return String.join(" ", facts);
  }

  private static String letters(int mode) {
    StringBuilder letters = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      letters.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
    }
    for (int special = 0; special < 3; special++) {
      if ((mode >> 9 + special & 1) != 0) {
        int at = 8 - 3 * special;
        char letter = special == 0 ? 't' : 's';
        boolean runs = letters.charAt(at) == 'x';
        letters.setCharAt(at, runs ? letter : Character.toUpperCase(letter));
      }
    }
    return letters.toString();
  }

  private static List<JsonObject> records(Path listing) throws IOException {
    try (InputStream file = Files.newInputStream(listing);
        InputStream in = listing.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .toList();
    }
  }

  /** What the kernel's listing tells, a character for each byte. */
  private static String bytes(String text) {
    return new String(NameText.unescape(text), ISO_8859_1);
  }

  /** A name of a body file, whose characters are bytes, without its escapes. */
  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (text.substring(at).matches("(?s)\\\\x[0-9a-f]{2}.*")) {
        char escaped = (char) Integer.parseInt(text, at + 2, at + 4, 16);
        boolean meant = escaped < ' ' || escaped >= 0x7f || "|%/\\>(".indexOf(escaped) >= 0;
        c = meant ? escaped : c;
        at += meant ? 3 : 0;
      }
      out.append(c);
    }
    return out.toString();
  }
}
