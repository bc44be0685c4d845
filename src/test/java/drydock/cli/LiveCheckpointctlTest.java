package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What checkpointctl tells of an archive, {@code checkpoint inspect} tells, too. Needs
 * checkpointctl (1.4.0) in the PATH.
 *
 * <p>Its command lines are left out: of these archives it shows as many spaces as they have
 * characters. Of buffers it tells rounded sizes: drydock the bytes that CRIU saved.
 */
@Tag("live")
class LiveCheckpointctlTest {
  /** All; where a process has ended it finds no images of it, and tells less or nothing. */
  private static final List<List<String>> ASKED =
      List.of(List.of("--all"), List.of("--metadata", "--stats", "--mounts"));

  static List<String> archives() {
    return CheckpointFixture.ALL;
  }

  @ParameterizedTest
  @MethodSource("archives")
  void tellsNothingThatInspectDoesNot(String name) throws Exception {
    JsonObject peer = peer(CheckpointFixture.archive(name).toString());
    Cli.Result told =
        Cli.run("checkpoint", "inspect", CheckpointFixture.archive(name).toString(), "-o", "json");
    JsonElement parsed = JsonParser.parseString(told.out());
    JsonObject own =
        parsed.isJsonArray()
            ? parsed.getAsJsonArray().get(0).getAsJsonObject()
            : (JsonObject) parsed;

    Set<String> theirs = theirs(peer);
    assertThat(theirs).hasSizeGreaterThan(20).isSubsetOf(ours(own));
  }

  /** The whole answer, or the most that it has one for. */
  private static JsonObject peer(String archive) throws Exception {
    for (List<String> each : ASKED) {
      Optional<JsonObject> answer = ask(archive, each);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw new AssertionError("checkpointctl has no answer: " + archive);
  }

  private static Optional<JsonObject> ask(String archive, List<String> what) throws Exception {
    List<String> command = new ArrayList<>(List.of("checkpointctl", "inspect", "--format", "json"));
    command.addAll(what);
    command.add(archive);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0
        ? Optional.of(JsonParser.parseString(out).getAsJsonArray().get(0).getAsJsonObject())
        : Optional.empty();
  }

  private static Set<String> theirs(JsonObject peer) {
    Set<String> facts = new TreeSet<>();
    facts.add("name " + text(peer, "container_name"));
    for (String each : List.of("image", "id", "runtime", "created", "checkpointed")) {
      if (peer.has(each)) {
        facts.add(each + " " + text(peer, each));
      }
    }
    facts.add("engine " + text(peer, "engine").toLowerCase(Locale.ROOT));
    JsonObject sizes = peer.getAsJsonObject("checkpoint_size");
    facts.add("images " + text(sizes, "total_size"));
    facts.add("memory " + text(sizes, "memory_pages_size"));
    facts.add("rootfs_diff " + text(sizes, "root_fs_diff_size"));
    JsonObject statistics = peer.getAsJsonObject("statistics");
    statistics.keySet().forEach(each -> facts.add(each + " " + text(statistics, each)));
    for (JsonObject each : objects(peer, "mounts")) {
      facts.add(mount(each));
    }
    if (peer.has("process_tree")) {
      processes(peer.getAsJsonObject("process_tree"), "0", facts);
    }
    for (JsonObject process : objects(peer, "file_descriptors")) {
      objects(process, "open_files").forEach(each -> facts.add(theirFile(process, each)));
    }
    for (JsonObject process : objects(peer, "sockets")) {
      for (JsonObject each : objects(process, "open_sockets")) {
        facts.add(theirSocket(text(process, "pid"), each.getAsJsonObject("data")));
      }
    }
    return facts;
  }

  private static void processes(JsonObject process, String parent, Set<String> facts) {
    String pid = text(process, "pid");
    facts.add("process " + pid + " of " + parent + " " + text(process, "command"));
    objects(process, "children").forEach(each -> processes(each, pid, facts));
  }

  /** Of what has no path it makes a name of kind and number: only the kind is compared. */
  private static String theirFile(JsonObject process, JsonObject file) {
    String fd = text(file, "fd").replaceFirst(".* ", "");
    String path = text(file, "path");
    String kind = text(file, "type");
    boolean isFile = kind.isEmpty() || kind.equals("REG");
    String what = isFile ? path : kind.startsWith("PIPE") ? path.replace("pipe[", "pipe:[") : kind;
    return "file " + text(process, "pid") + " " + fd + " " + what;
  }

  private static String theirSocket(String pid, JsonObject data) {
    if (text(data, "type").equals("UNIX")) {
      return "socket " + pid + " UNIX " + text(data, "address").replace("\0", "");
    }
    return "socket "
        + pid
        + " "
        + text(data, "type")
        + " "
        + text(data, "state")
        + " "
        + text(data, "src")
        + " "
        + text(data, "src_port")
        + " "
        + text(data, "dst")
        + " "
        + text(data, "dst_port")
        + " "
        + text(data, "send_buf")
        + " "
        + text(data, "recv_buf");
  }

  private static Set<String> ours(JsonObject own) {
    Set<String> facts = new TreeSet<>();
    for (String each : List.of("name", "image", "id", "runtime", "engine")) {
      facts.add(each + " " + text(own, each));
    }
    for (String each : List.of("created", "checkpointed")) {
      facts.add(each + " " + text(own, each).replaceFirst("\\.\\d+Z", "Z"));
    }
    for (String part : List.of("sizes", "statistics")) {
      JsonObject object = own.getAsJsonObject(part);
      object.keySet().forEach(each -> facts.add(each + " " + text(object, each)));
    }
    JsonObject spec = own.getAsJsonObject("documents").getAsJsonObject("spec.dump");
    objects(spec, "mounts").forEach(each -> facts.add(mount(each)));
    JsonObject frozen = own.getAsJsonObject("frozen");
    for (JsonObject each : objects(frozen, "processes")) {
      String pid = text(each, "pid");
      facts.add("process " + pid + " of " + text(each, "parent_pid") + " " + text(each, "command"));
    }
    objects(frozen, "descriptors").forEach(each -> facts.add(ourFile(each)));
    objects(frozen, "sockets").forEach(each -> facts.add(ourSocket(each)));
    return facts;
  }

  private static String ourFile(JsonObject file) {
    JsonObject details = file.getAsJsonObject("details");
    String kind = text(details, "type");
    String use = text(file, "use");
    String fd =
        use.equals("working-directory") ? "cwd" : use.equals("root") ? use : text(file, "fd");
    boolean hasPath = kind.equals("REG") || kind.equals("PIPE");
    return "file " + text(file, "pid") + " " + fd + " " + (hasPath ? text(file, "path") : kind);
  }

  private static String ourSocket(JsonObject socket) {
    JsonObject details = socket.getAsJsonObject("details");
    String pid = text(socket, "pid");
    if (!details.has("isk")) {
      return "socket " + pid + " UNIX " + text(socket, "local");
    }
    JsonObject saved = details.getAsJsonObject("isk");
    JsonObject options = saved.getAsJsonObject("opts");
    return "socket "
        + pid
        + " "
        + text(saved, "proto")
        + " "
        + text(saved, "state")
        + " "
        + first(saved, "src_addr")
        + " "
        + port(saved, "src_port")
        + " "
        + first(saved, "dst_addr")
        + " "
        + port(saved, "dst_port")
        + " "
        + rounded(options, "so_sndbuf")
        + " "
        + rounded(options, "so_rcvbuf");
  }

  private static String first(JsonObject object, String name) {
    return object.getAsJsonArray(name).get(0).getAsString();
  }

  private static String port(JsonObject object, String name) {
    String port = text(object, name);
    return port.equals("0") ? "" : port;
  }

  private static String rounded(JsonObject object, String name) {
    double size = object.get(name).getAsLong() / 1024.0;
    return size < 1024
        ? String.format(Locale.ROOT, "%.1f KB", size)
        : String.format(Locale.ROOT, "%.1f MB", size / 1024);
  }

  private static String mount(JsonObject mount) {
    return "mount "
        + text(mount, "destination")
        + " "
        + text(mount, "type")
        + " "
        + text(mount, "source");
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private static List<JsonObject> objects(JsonObject object, String name) {
    List<JsonObject> all = new ArrayList<>();
    JsonArray array = object.getAsJsonArray(name);
    if (array != null) {
      array.forEach(each -> all.add(each.getAsJsonObject()));
    }
    return all;
  }
}
