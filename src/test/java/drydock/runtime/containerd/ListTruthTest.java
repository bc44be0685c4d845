package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.fs.Lookup;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Lease;
import drydock.runtime.Namespace;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every list against what {@code ctr} printed on the live nodes: nothing missing, nothing more. */
class ListTruthTest {
  static List<String> nodes() {
    return FixtureNode.ALL;
  }

  /** The namespaces with a folder of what ctr printed, and that folder. */
  private static Map<String, Path> folders(FixtureNode node) throws IOException {
    Map<String, Path> folders = new TreeMap<>();
    if (node.name().equals("docker-containerd")) {
      folders.put("moby", node.truth("ctr"));
      return folders;
    }
    try (Stream<Path> all = Files.list(node.truth("live"))) {
      all.filter(f -> Files.exists(f.resolve("namespace.txt")))
          .forEach(f -> folders.put(f.getFileName().toString(), f));
    }
    return folders;
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void namespacesAreThose(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      List<String> live = new ArrayList<>();
      for (Map.Entry<String, Path> folder : folders(node).entrySet()) {
        boolean docker = folder.getKey().equals("moby");
        String file = docker ? "namespaces.txt" : "namespace.txt";
        String text = Files.readString(folder.getValue().resolve(file));
        for (Map<String, String> row : CtrTable.parse(text, "NAME", "LABELS")) {
          if (row.get("NAME").equals(folder.getKey())) {
            live.add(row.get("NAME") + " " + row.get("LABELS"));
          }
        }
      }
      List<String> found = new ArrayList<>();
      for (Namespace namespace : node.engine().namespaces()) {
        String labels = namespace.labels().isEmpty() ? "" : CtrTable.labels(namespace.labels());
        found.add(namespace.name() + " " + labels);
      }
      assertSame(found, live);
    }
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void snapshotsAreThoseOfEverySnapshotter(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Map<String, String> live = new TreeMap<>();
      for (Map.Entry<String, Path> folder : folders(node).entrySet()) {
        boolean docker = folder.getKey().equals("moby");
        for (String snapshotter : List.of("overlayfs", "native")) {
          String file = docker ? "snapshot-info.json" : "snapshots-" + snapshotter + ".json";
          if (Files.exists(folder.getValue().resolve(file))
              && !(docker && snapshotter.equals("native"))) {
            addSnapshots(folder.getValue().resolve(file), folder.getKey(), snapshotter, live);
          }
        }
      }
      Map<String, String> found = new TreeMap<>();
      for (Snapshot s : node.engine().snapshots()) {
        found.put(s.namespace() + " " + s.snapshotter() + " " + s.key(), line(s));
        assertThat(s.present()).isTrue();
        assertThat(s.path())
            .contains("/io.containerd.snapshotter.v1." + s.snapshotter() + "/snapshots/" + s.id());
      }
      assertThat(found).isNotEmpty().isEqualTo(live);
      assertThat(node.losses()).isEmpty();
    }
  }

  /** What containerd counted when it finished a layer is what lies in the layer's directory. */
  @ParameterizedTest
  @MethodSource("nodes")
  void finishedSnapshotsHaveAsManyInodesAsTheyNoted(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      for (Snapshot s : node.engine().snapshots()) {
        if (!s.kind().equals("committed")) {
          assertThat(s.inodes()).isNull();
          assertThat(s.size()).isNull();
          continue;
        }
        Set<Long> inodes = new HashSet<>();
        new TreeWalk(node.log())
            .walk(
                TreePath.ROOT,
                new Lookup(node.tree()).find(s.path()).node(),
                (path, file, meta) -> inodes.add(meta.inode()));
        assertThat(s.inodes()).as(s.path()).isEqualTo(inodes.size());
        assertThat(s.size()).isPositive();
      }
    }
  }

  private static void addSnapshots(
      Path file, String namespace, String snapshotter, Map<String, String> live)
      throws IOException {
    JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    for (Map.Entry<String, JsonElement> entry : all.entrySet()) {
      JsonObject info = entry.getValue().getAsJsonObject();
      Map<String, String> labels = new TreeMap<>();
      if (info.has("Labels")) {
        info.getAsJsonObject("Labels")
            .entrySet()
            .forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
      }
      live.put(
          namespace + " " + snapshotter + " " + entry.getKey(),
          info.get("Kind").getAsString().toLowerCase(Locale.ROOT)
              + " "
              + (info.has("Parent") ? info.get("Parent").getAsString() : "")
              + " "
              + Instant.parse(info.get("Created").getAsString())
              + " "
              + Instant.parse(info.get("Updated").getAsString())
              + " "
              + labels);
    }
  }

  private static String line(Snapshot s) {
    String parent = s.parent() == null ? "" : s.parent();
    return s.kind()
        + " "
        + parent
        + " "
        + s.created()
        + " "
        + s.updated()
        + " "
        + new TreeMap<>(s.labels());
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void contentIsThatOfEveryNamespace(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      List<String> live = new ArrayList<>();
      for (Map.Entry<String, Path> folder : folders(node).entrySet()) {
        String text = Files.readString(folder.getValue().resolve("content.txt"));
        for (Map<String, String> row : CtrTable.parse(text, "DIGEST", "SIZE", "AGE", "LABELS")) {
          live.add(
              folder.getKey()
                  + " "
                  + row.get("DIGEST")
                  + " "
                  + row.get("SIZE")
                  + " "
                  + row.get("LABELS"));
        }
      }
      List<String> found = new ArrayList<>();
      for (Blob blob : node.engine().content()) {
        if (blob.ref() == null) {
          assertThat(blob.present()).as(String.valueOf(blob.digest())).isTrue();
          found.add(
              blob.namespace()
                  + " "
                  + blob.digest()
                  + " "
                  + humanSize(blob.size())
                  + " "
                  + CtrTable.labels(blob.labels()));
        }
      }
      assertSame(found, live);
      assertThat(node.losses()).isEmpty();
    }
  }

  /** As docker/go-units prints it: decimal units, four digits. */
  private static String humanSize(long bytes) {
    String[] units = {"B", "kB", "MB", "GB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000) {
      value /= 1000;
      unit++;
    }
    // exactly the binary number, as Go's %.4g rounds it
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN));
    return rounded.stripTrailingZeros().toPlainString() + units[unit];
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void imagesAreThoseOfEveryNamespace(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      List<String> live = new ArrayList<>();
      String[] columns = {"REF", "TYPE", "DIGEST", "SIZE", "PLATFORMS", "LABELS"};
      for (Map.Entry<String, Path> folder : folders(node).entrySet()) {
        String text = Files.readString(folder.getValue().resolve("images.txt"));
        for (Map<String, String> row : CtrTable.parse(text, columns)) {
          live.add(folder.getKey() + " " + String.join(" ", row.values()));
        }
      }
      List<String> found = new ArrayList<>();
      for (Image image : node.engine().images()) {
        found.add(
            String.join(
                " ",
                image.namespace(),
                image.name(),
                image.mediaType(),
                String.valueOf(image.digest()),
                binarySize(image.size()),
                String.join(",", image.platforms()),
                CtrTable.labels(image.labels())));
      }
      assertSame(found, live);
    }
  }

  /** As containerd's {@code pkg/progress} prints it. */
  private static String binarySize(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void leasesAreThoseOfEveryNamespace(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      List<String> live = new ArrayList<>();
      for (Map.Entry<String, Path> folder : folders(node).entrySet()) {
        String text = Files.readString(folder.getValue().resolve("leases.txt"));
        for (Map<String, String> row : CtrTable.parse(text, "ID", "CREATED AT", "LABELS")) {
          live.add(folder.getKey() + " " + String.join(" ", row.values()));
        }
      }
      List<String> found = new ArrayList<>();
      for (Lease lease : node.engine().leases()) {
        found.add(
            lease.namespace()
                + " "
                + lease.id()
                + " "
                + lease.created().truncatedTo(ChronoUnit.SECONDS)
                + " "
                + CtrTable.labels(lease.labels()));
      }
      assertSame(found, live);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void criCountsTheSameBytesInEveryImage(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Map<String, Image> byName = new TreeMap<>();
      for (Image image : node.engine().images()) {
        if (image.namespace().equals("k8s.io")) {
          byName.put(image.name(), image);
        }
      }
      JsonObject live = JsonParser.parseString(node.text("live/cri/images.json")).getAsJsonObject();
      for (JsonElement element : live.getAsJsonArray("images")) {
        JsonObject image = element.getAsJsonObject();
        Image byId = byName.remove(image.get("id").getAsString());
        assertThat(byId.size()).isEqualTo(image.get("size").getAsLong());
        for (JsonElement tag : image.getAsJsonArray("repo_tags")) {
          assertThat(byName.remove(tag.getAsString()).digest()).isEqualTo(byId.digest());
        }
      }
      assertThat(byName).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void chainsAreThoseThatWereMounted(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Runtime engine = node.engine();
      Map<String, JsonObject> live = new TreeMap<>();
      JsonObject summary = JsonParser.parseString(node.text("summary.json")).getAsJsonObject();
      for (JsonElement element : summary.getAsJsonArray("containers")) {
        JsonObject container = element.getAsJsonObject();
        String namespace = container.get("namespace").getAsString();
        live.put(namespace + "/" + container.get("id").getAsString(), container);
      }
      assertThat(engine.containers()).hasSameSizeAs(live.keySet());
      for (Container container : engine.containers()) {
        JsonObject truth = live.get(container.namespace() + "/" + container.id());
        List<SnapshotLink> chain = engine.chain(container);
        assertThat(chain)
            .extracting(link -> link.snapshot().key())
            .isEqualTo(texts(truth.getAsJsonArray("chain")));
        List<String> directories = texts(truth.getAsJsonArray("directories"));
        assertThat(chain.stream().limit(directories.size()).map(l -> l.snapshot().path()).toList())
            .isEqualTo(directories);
        // every layer but the container's own was unpacked from the image's
        assertThat(chain.subList(1, chain.size()))
            .allSatisfy(link -> assertThat(link.layerDigest()).isNotNull());
        assertThat(chain.get(0).snapshot().usedBy()).contains(container.id());
      }
      assertThat(node.losses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void historiesHaveTheLayersThatWereBuilt(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Runtime engine = node.engine();
      Map<String, JsonObject> built = new TreeMap<>();
      for (JsonElement element :
          JsonParser.parseString(node.text("images.json")).getAsJsonArray()) {
        built.put(
            element.getAsJsonObject().get("manifest").getAsString(), element.getAsJsonObject());
      }
      assertThat(engine.images()).isNotEmpty();
      for (Image image : engine.images()) {
        JsonObject truth = built.get(String.valueOf(image.digest()));
        List<ImageLayer> layers =
            engine.history(image).stream().filter(step -> !step.emptyLayer()).toList();
        assertThat(layers)
            .extracting(step -> String.valueOf(step.digest()))
            .isEqualTo(texts(truth.getAsJsonArray("layers")));
        assertThat(layers)
            .extracting(step -> String.valueOf(step.diffId()))
            .isEqualTo(texts(truth.getAsJsonArray("diff_ids")));
        assertThat(layers)
            .allSatisfy(
                step -> {
                  assertThat(step.contentPresent()).isTrue();
                  assertThat(step.snapshotPresent()).isTrue();
                  assertThat(step.snapshotKey()).isEqualTo(String.valueOf(step.chainId()));
                });
        Digest config = Digest.parse(truth.get("config").getAsString()).orElseThrow();
        assertThat(engine.content(config).size()).isPositive();
      }
    }
  }

  /** Says only what differs: these lists are long. */
  private static void assertSame(List<String> found, List<String> live) {
    List<String> tooMany = new ArrayList<>(found);
    live.forEach(tooMany::remove);
    List<String> missing = new ArrayList<>(live);
    found.forEach(missing::remove);
    assertThat(tooMany).as("not in the live listing").isEmpty();
    assertThat(missing).as("only in the live listing").isEmpty();
    assertThat(found).isNotEmpty();
  }

  private static List<String> texts(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }
}
