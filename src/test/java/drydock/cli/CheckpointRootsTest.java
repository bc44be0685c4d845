package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two checkpoints compared with the layers of their image at hand: the whole roots, against those
 * that the kernel merged at both times, in all fields.
 */
class CheckpointRootsTest {
  private static final String DIRECTORY =
      "/var/lib/kubelet/checkpoints/checkpoint-shop-7d9c_default-";
  private static final long NANOSECONDS = 1_000_000_000L;
  private static final Map<String, String> TYPES =
      Map.of(
          "f",
          "file",
          "d",
          "directory",
          "l",
          "symlink",
          "c",
          "character",
          "s",
          "socket",
          "p",
          "fifo");

  /**
   * Of one the archive does not keep that a file in it was made and deleted; in the other CRIU made
   * files and deleted them after the kernel's root had been listed.
   */
  private static final Set<String> LOST = Set.of("/var/tmp", "/tmp");

  private static Map<String, JsonObject> diff(String before, String after, String... more) {
    List<String> words = new ArrayList<>(List.of("checkpoint", "diff", before, after));
    words.addAll(List.of("-o", "jsonl"));
    words.addAll(List.of(more));
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    Map<String, JsonObject> files = new TreeMap<>();
    for (JsonObject each : result.records()) {
      if (each.get("kind").getAsString().equals("file")) {
        files.put(each.get("what").getAsString(), each);
      }
    }
    return files;
  }

  private static String archive(String name) {
    return CheckpointFixture.archive(name).toString();
  }

  /** The facts of the kernel's merged root, under the names that records have, by path. */
  private static Map<String, Map<String, String>> root(String name) throws IOException {
    Map<String, Map<String, String>> root = new HashMap<>();
    for (String line : CheckpointFixture.text(name, "rootfs.jsonl").split("\n")) {
      JsonObject file = JsonParser.parseString(line).getAsJsonObject();
      Map<String, String> facts = new TreeMap<>();
      String type = file.get("type").getAsString();
      facts.put("type", Objects.requireNonNull(TYPES.get(type), type));
      for (String each : List.of("mode", "uid", "gid", "sha256", "target")) {
        if (file.has(each)) {
          facts.put(each, file.get(each).getAsString());
        }
      }
      if (type.equals("f")) {
        facts.put("size", file.get("size").getAsString());
      }
      facts.put("modified", seconds(file.get("mtime").getAsLong()).toString());
      root.put(path(file.get("path").getAsString()), facts);
    }
    return root;
  }

  private static Instant seconds(long nanoseconds) {
    return Instant.ofEpochSecond(Math.floorDiv(nanoseconds, NANOSECONDS));
  }

  /** The truth writes everything but ASCII with escapes; records only what is not UTF-8. */
  private static String path(String text) {
    return text.replace("\\xc3\\xb6", "\u00f6").replace("\\xc3\\x9f", "\u00df");
  }

  /** What differs of the facts of one path. */
  private static Map<String, String> only(Map<String, String> one, Map<String, String> other) {
    Map<String, String> differing = new TreeMap<>(one);
    differing.entrySet().removeIf(each -> each.getValue().equals(other.get(each.getKey())));
    return differing;
  }

  private static Map<String, String> facts(JsonElement side) {
    Map<String, String> facts = new TreeMap<>();
    for (Map.Entry<String, JsonElement> each : side.getAsJsonObject().entrySet()) {
      String value = each.getValue().isJsonPrimitive() ? each.getValue().getAsString() : "";
      boolean isTime = each.getKey().equals("modified");
      if (!each.getKey().equals("device")) {
        String cut = isTime ? Instant.parse(value).truncatedTo(ChronoUnit.SECONDS).toString() : "";
        facts.put(each.getKey(), isTime ? cut : value);
      }
    }
    return facts;
  }

  /** A path, what became of it, and what differs before and after. */
  private static Map<String, String> expected(String before, String after) throws IOException {
    Map<String, Map<String, String>> was = root(before);
    Map<String, Map<String, String>> is = root(after);
    Set<String> paths = new TreeSet<>(was.keySet());
    paths.addAll(is.keySet());
    paths.removeAll(LOST);
    Map<String, String> expected = new TreeMap<>();
    for (String each : paths) {
      Map<String, String> then = was.get(each);
      Map<String, String> now = is.get(each);
      if (then == null) {
        expected.put(each, "added " + now);
      } else if (now == null) {
        expected.put(each, "removed " + then);
      } else if (!then.equals(now)) {
        expected.put(each, "changed " + only(then, now) + only(now, then));
      }
    }
    return expected;
  }

  private static Map<String, String> brief(Map<String, JsonObject> rows) {
    Map<String, String> found = new TreeMap<>();
    rows.forEach(
        (path, row) -> {
          JsonElement before = row.get("before");
          JsonElement after = row.get("after");
          found.put(
              path,
              row.get("change").getAsString()
                  + " "
                  + (before.isJsonNull() ? "" : facts(before))
                  + (after.isJsonNull() ? "" : facts(after)));
        });
    assertThat(found.remove("/tmp")).isNotNull();
    return found;
  }

  @Test
  void filesAreThoseOfTheKernelsRootsInAllFields() throws IOException {
    Map<String, JsonObject> rows =
        diff(archive("shop-1"), archive("shop-2"), "--disk", Cli.node("gke-ckpt"));

    assertThat(brief(rows)).isEqualTo(expected("shop-1", "shop-2")).hasSizeGreaterThan(25);
  }

  @Test
  void theOtherWayAroundTheyAreTurned() throws IOException {
    Map<String, JsonObject> rows =
        diff(archive("shop-2"), archive("shop-1"), "--disk", Cli.node("gke-ckpt"));

    assertThat(brief(rows)).isEqualTo(expected("shop-2", "shop-1"));
  }

  /** What a file of the image was before it was changed is in its layers alone. */
  @Test
  void aFileOfTheImageIsToldAsItWasBefore() {
    String[] disk = {"--disk", Cli.node("gke-ckpt")};
    JsonObject without = diff(archive("shop-1"), archive("shop-2")).get("/srv/shop/checkout.php");
    JsonObject with =
        diff(archive("shop-1"), archive("shop-2"), disk).get("/srv/shop/checkout.php");

    assertThat(without.get("change").getAsString()).isEqualTo("added");
    assertThat(with.get("change").getAsString()).isEqualTo("changed");
    assertThat(with.getAsJsonObject("before").get("size").getAsLong()).isEqualTo(192);
    assertThat(with.getAsJsonObject("after").get("size").getAsLong()).isEqualTo(268);
    assertThat(with.getAsJsonObject("before").keySet())
        .containsExactlyInAnyOrder("size", "sha256", "modified");
  }

  @Test
  void archivesOnTheNodesDiskHaveItsLayersAtHand() throws IOException {
    String one = Cli.node("gke-ckpt") + ":" + DIRECTORY + "shop-2026-11-22T01:37:55Z.tar";
    String other = Cli.node("gke-ckpt") + ":" + DIRECTORY + "shop-2026-11-22T01:38:02Z.tar";
    Map<String, String> expected = expected("shop-1", "shop-2");

    assertThat(brief(diff(one, other))).isEqualTo(expected);
    assertThat(brief(diff(archive("shop-1"), other))).isEqualTo(expected);
    assertThat(brief(diff(one, archive("shop-2")))).isEqualTo(expected);
    assertThat(diff(one, one)).isEmpty();
  }

  @Test
  void whereTheLayersAreMissingTheArchivesAreComparedAndItIsSaid() {
    Cli.Result result =
        Cli.run(
            "checkpoint",
            "diff",
            archive("counter-podman"),
            archive("counter-later-podman"),
            "--disk",
            Cli.node("gke-ckpt"));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("only what the container changed is shown");
    assertThat(result.out()).contains("pages");
  }
}
