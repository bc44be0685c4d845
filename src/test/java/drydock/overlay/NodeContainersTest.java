package drydock.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.fs.ext4.Ext4Format;
import drydock.partition.GptScheme;
import drydock.partition.Partition;
import drydock.truth.KernelListing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The merged root of every container of real nodes, compared with what the kernel's overlay showed:
 * all rows, all fields, and of each row the layer and the inode there. Times of access move when a
 * mounted overlay is listed, so they are not compared.
 */
class NodeContainersTest {
  private static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));
  private static final Set<String> EXCEPT = Set.of("atime", "ino");

  private static FileTree partition(OpenDisk disk, int number, FindingLog log) throws IOException {
    for (Partition partition : new GptScheme().read(disk.bytes(), log).orElseThrow().partitions()) {
      if (partition.number() == number) {
        return new Ext4Format().open(partition.bytes(), OpenOptions.DEFAULT, log);
      }
    }
    throw new AssertionError("no partition " + number);
  }

  private static OverlayTree overlay(FileTree tree, List<String> directories, FindingLog log)
      throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (String directory : directories) {
      layers.add(new Layer(directory, new Lookup(tree).find(directory).node()));
    }
    return OverlayTree.of(layers, log);
  }

  /** Layer and inode of each path, as the kernel's listing has them; empty where it has none. */
  private static Map<String, String> suppliers(Path truth) throws IOException {
    Map<String, String> suppliers = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(truth)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        if (row.has("layer")) {
          String layer = row.get("layer").getAsString() + ":" + row.get("real_ino").getAsString();
          suppliers.put(row.get("path").getAsString(), layer);
        }
      }
    }
    return suppliers;
  }

  private static Map<String, String> suppliers(OverlayTree tree, FindingLog log)
      throws IOException {
    Map<String, String> suppliers = new TreeMap<>();
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) ->
                suppliers.put(
                    escaped(path.bytes()),
                    ((OverlayNode) node).suppliedBy().index() + ":" + meta.inode()));
    return suppliers;
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b < 0x7f && b != '\\';
      text.append(
          plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b & 0xff));
    }
    return text.toString();
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(each -> strings.add(each.getAsString()));
    return strings;
  }

  @ParameterizedTest
  @CsvSource({"gke-wp, 1, 30", "gke-small, 1, 4", "gke-ckpt, 1, 5", "k3s, 2, 17"})
  void everyContainerIsMergedAsTheKernelMergesIt(String node, int partition, int containers)
      throws IOException {
    Path truth = FIXTURES.resolve(node).resolve("truth");
    JsonArray all =
        JsonParser.parseString(Files.readString(truth.resolve("summary.json")))
            .getAsJsonObject()
            .getAsJsonArray("containers");
    FindingLog log = new FindingLog();
    assertThat(all).hasSize(containers);
    try (OpenDisk disk =
        new Qcow2Format().open(FIXTURES.resolve(node).resolve("node.qcow2"), log)) {
      FileTree tree = partition(disk, partition, log);
      for (JsonElement each : all) {
        JsonObject container = each.getAsJsonObject();
        String id =
            container.get("namespace").getAsString() + "-" + container.get("id").getAsString();
        Path listing = truth.resolve("rootfs").resolve(id + ".jsonl.gz");
        OverlayTree merged = overlay(tree, strings(container.getAsJsonArray("directories")), log);
        KernelListing kernel = KernelListing.read(listing);
        assertThat(KernelListing.of(merged, log).differences(kernel, EXCEPT)).as(id).isEmpty();
        assertThat(kernel.size()).isEqualTo(container.get("files").getAsInt());
        if (!suppliers(listing).isEmpty()) {
          assertThat(suppliers(merged, log)).as(id).isEqualTo(suppliers(listing));
        }
      }
    }
    assertThat(log.list()).isEmpty();
  }

  @Test
  void everyContainerOfDockerIsMergedAsTheKernelMergesIt() throws IOException {
    Path truth = FIXTURES.resolve("docker-containerd/truth/containers");
    FindingLog log = new FindingLog();
    List<Path> containers;
    try (Stream<Path> list = Files.list(truth)) {
      containers = list.sorted().toList();
    }
    assertThat(containers).hasSize(6);
    try (OpenDisk disk =
        new Qcow2Format().open(FIXTURES.resolve("docker-containerd/node.qcow2"), log)) {
      FileTree tree = partition(disk, 1, log);
      for (Path container : containers) {
        JsonObject layers =
            JsonParser.parseString(Files.readString(container.resolve("layers.json")))
                .getAsJsonObject();
        List<String> directories = new ArrayList<>();
        directories.add(layers.get("upper").getAsString());
        directories.addAll(strings(layers.getAsJsonArray("lowers_top_first")));
        KernelListing kernel = KernelListing.read(container.resolve("merged.jsonl.gz"));
        KernelListing ours = KernelListing.of(overlay(tree, directories, log), log);
        assertThat(ours.differences(kernel, EXCEPT)).as("%s", container).isEmpty();
        assertThat(kernel.size()).isGreaterThan(30);
      }
    }
    assertThat(log.list()).isEmpty();
  }
}
