package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Images of checkpoints, as other programs would read them. */
class CheckpointImageTest {
  static final List<String> ALL = CheckpointFixture.ALL;

  @TempDir Path folder;

  private Cli.Result toImage(String name, String... more) {
    List<String> words =
        Stream.concat(
                Stream.of("checkpoint", "to-image", CheckpointFixture.archive(name).toString()),
                Stream.of(more))
            .toList();
    return Cli.run(words);
  }

  private static JsonObject json(byte[] document) {
    return JsonParser.parseString(new String(document, UTF_8)).getAsJsonObject();
  }

  private static byte[] blob(Path layout, JsonObject descriptor) throws IOException {
    String digest = descriptor.get("digest").getAsString();
    byte[] bytes = Files.readAllBytes(layout.resolve("blobs/" + digest.replace(':', '/')));
    assertThat(bytes.length).isEqualTo(descriptor.get("size").getAsInt());
    assertThat(digest).isEqualTo("sha256:" + sha256(bytes));
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject only(JsonObject document, String name) {
    assertThat(document.getAsJsonArray(name)).hasSize(1);
    return document.getAsJsonArray(name).get(0).getAsJsonObject();
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void theLayerIsTheArchiveAndEachBlobIsUnderItsDigest(String name) throws IOException {
    Path layout = folder.resolve("image");
    Cli.Result result =
        toImage(name, "--to", layout.toString(), "--name", "localhost/it", "-o", "json");
    assertThat(result.exit()).as(result.err()).isZero();
    JsonObject said = json(result.bytes());

    assertThat(Files.readString(layout.resolve("oci-layout")))
        .isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
    JsonObject top = only(json(Files.readAllBytes(layout.resolve("index.json"))), "manifests");
    assertThat(top.getAsJsonObject("annotations").toString())
        .isEqualTo(
            "{\"io.containerd.image.name\":\"localhost/it:latest\","
                + "\"org.opencontainers.image.ref.name\":\"localhost/it:latest\"}");
    JsonObject index = json(blob(layout, top));
    JsonObject manifest = json(blob(layout, only(index, "manifests")));
    JsonObject config = json(blob(layout, manifest.getAsJsonObject("config")));
    byte[] layer = blob(layout, only(manifest, "layers"));

    assertThat(index.get("annotations")).isEqualTo(manifest.get("annotations"));
    assertThat(said.get("annotations")).isEqualTo(manifest.get("annotations"));
    assertThat(said.get("digest")).isEqualTo(top.get("digest"));
    assertThat(only(index, "manifests").get("platform").toString())
        .isEqualTo("{\"architecture\":\"amd64\",\"os\":\"linux\"}");
    assertThat(Instant.parse(config.get("created").getAsString()))
        .isEqualTo(Instant.parse(said.get("created").getAsString()));

    byte[] archive = unpacked(layer);
    assertThat(config.getAsJsonObject("rootfs").getAsJsonArray("diff_ids").get(0).getAsString())
        .isEqualTo("sha256:" + sha256(archive));
    Map<String, byte[]> expected = CheckpointFixture.members(name);
    Map<String, byte[]> found = members(archive);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((path, bytes) -> assertThat(found.get(path)).as(path).isEqualTo(bytes));
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      assertThat(blobs).hasSize(4);
    }
  }

  private static byte[] unpacked(byte[] layer) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(layer))) {
      return in.readAllBytes();
    }
  }

  private static Map<String, byte[]> members(byte[] archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        if (each.isFile()) {
          files.put(each.getName(), tar.readAllBytes());
        }
      }
    }
    return files;
  }

  @Test
  void annotationsAreThoseThatCheckpointctlWritesAndWhatElseIsKnown() throws IOException {
    JsonObject shop = json(toImage("shop-1", "--to", folder + "/shop", "-o", "json").bytes());

    assertThat(shop.get("name").isJsonNull()).isTrue();
    assertThat(shop.get("created").getAsString()).isEqualTo("2026-11-22T01:37:55.038184145Z");
    assertThat(text(shop.getAsJsonObject("annotations")))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("org.criu.checkpoint.engine.name", "containerd"),
                    Map.entry("org.criu.checkpoint.container.name", "shop"),
                    Map.entry("org.criu.checkpoint.pod.name", "shop-7d9c"),
                    Map.entry("org.criu.checkpoint.pod.namespace", "default"),
                    Map.entry(
                        "org.criu.checkpoint.pod.uid", "d6b3cf35-e3de-4195-8ede-7bf5c04b5c4d"),
                    Map.entry(
                        "org.criu.checkpoint.pod.id",
                        "05cf51baa8bab9ebaa8ae47c87bea97629e97de9018bf12b046fb5d32588f92c"),
                    Map.entry(
                        "org.criu.checkpoint.rootfsImageUserRequested",
                        "europe-docker.pkg.dev/demo-shop/web/shop:2.3.0"),
                    Map.entry(
                        "org.criu.checkpoint.rootfsImageName",
                        "europe-docker.pkg.dev/demo-shop/web/shop:2.3.0"),
                    Map.entry(
                        "org.criu.checkpoint.rootfsImageID",
                        "sha256:52009f3a8d1d0d3762d9ba41ea47198f0bf12e48591cabc689b54b8bbdd011ac"),
                    Map.entry("org.criu.checkpoint.runtime.name", "io.containerd.runc.v2"),
                    Map.entry("org.criu.checkpoint.host.arch", "amd64"),
                    Map.entry("org.criu.checkpoint.host.kernel", kernelOf("shop-1")),
                    Map.entry("org.criu.checkpoint.criu.version", "4.2"))));
  }

  /** As the log of CRIU says it. */
  private static String kernelOf(String name) throws IOException {
    String log = new String(CheckpointFixture.members(name).get("dump.log"), UTF_8);
    return log.split("Running on ")[1].split(" ")[2];
  }

  @Test
  void podmansCheckpointsHavePodmansAnnotationsToo() throws IOException {
    Cli.Result result = toImage("counter-podman", "--to", folder + "/counter", "-o", "json");
    JsonObject counter = json(result.bytes());
    Map<String, String> annotations = text(counter.getAsJsonObject("annotations"));

    assertThat(annotations)
        .containsEntry("org.criu.checkpoint.engine.name", "Podman")
        .containsEntry("org.criu.checkpoint.container.name", "counter")
        .containsEntry("io.podman.annotations.checkpoint.name", "counter")
        .containsEntry("io.podman.annotations.checkpoint.runtime.name", "runc")
        .containsEntry("io.podman.annotations.checkpoint.rootfsImageName", "localhost/counter:blog")
        .doesNotContainKey("org.criu.checkpoint.pod.name");
    assertThat(counter.getAsJsonArray("left_out").toString())
        .contains("\"io.podman.annotations.checkpoint.podman.version\"")
        .contains("\"org.criu.checkpoint.pod.name\"");
  }

  private static Map<String, String> text(JsonObject object) {
    Map<String, String> texts = new TreeMap<>();
    object.entrySet().forEach(each -> texts.put(each.getKey(), each.getValue().getAsString()));
    return texts;
  }

  @Test
  void anArchiveHasWhatTheDirectoryHasForAnyNumberOfThreads() throws IOException {
    assertThat(toImage("sidecar", "--to", folder + "/image", "--threads", "1").exit()).isZero();
    assertThat(toImage("sidecar", "--to", folder + "/image.tar", "--threads", "3").exit()).isZero();

    Map<String, byte[]> packed = members(Files.readAllBytes(folder.resolve("image.tar")));
    try (Stream<Path> files = Files.walk(folder.resolve("image"))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(packed).hasSize(all.size());
      for (Path each : all) {
        String path = folder.resolve("image").relativize(each).toString();
        assertThat(packed.get(path)).as(path).isEqualTo(Files.readAllBytes(each));
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(2);
    }
  }

  /** By the commands that read checkpoints: what is said of it is what is said of the archive. */
  @ParameterizedTest
  @FieldSource("ALL")
  void anImageIsReadBackAsTheCheckpointThatItWas(String name) throws IOException {
    assertThat(toImage(name, "--to", folder + "/image").exit()).isZero();
    assertThat(toImage(name, "--to", folder + "/image.tar").exit()).isZero();
    JsonObject expected = shown(CheckpointFixture.archive(name).toString());

    assertThat(shown(folder + "/image")).isEqualTo(expected);
    assertThat(shown(folder + "/image.tar")).isEqualTo(expected);
  }

  private static JsonObject shown(String archive) {
    Cli.Result result = Cli.run("checkpoint", "show", archive, "-o", "jsonl");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.records()).hasSize(1);
    JsonObject shown = result.records().get(0);
    shown.remove("archive");
    shown.remove("origin");
    return shown;
  }

  @Test
  void aLayerThatIsNotCompressedIsItsDiffId() throws IOException {
    Cli.Result result =
        toImage("sidecar", "--to", folder + "/image", "--compress", "none", "-o", "json");
    JsonObject said = json(result.bytes());

    assertThat(said.get("layer")).isEqualTo(said.get("diff_id"));
    Path layer = folder.resolve("image/blobs/" + said.get("layer").getAsString().replace(':', '/'));
    assertThat(members(Files.readAllBytes(layer)).keySet())
        .isEqualTo(CheckpointFixture.members("sidecar").keySet());
  }

  @Test
  void whatExistsIsNotWrittenOver() throws IOException {
    Files.writeString(folder.resolve("image"), "mine");
    Files.createDirectory(folder.resolve("other.partial"));

    assertThat(toImage("sidecar", "--to", folder + "/image").exit()).isEqualTo(1);
    assertThat(toImage("sidecar", "--to", folder + "/other").err()).contains("left over");
    assertThat(Files.readString(folder.resolve("image"))).isEqualTo("mine");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void whatIsNoNameOfAnImageIsRefusedBeforeAnythingIsWritten() throws IOException {
    Cli.Result result = toImage("sidecar", "--to", folder + "/image", "--name", "Not A Name");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nothingIsWrittenToTheEvidence() throws IOException {
    Path evidence = bareDump();

    Cli.Result result =
        Cli.run("checkpoint", "to-image", evidence.toString(), "--to", evidence + "/image");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(evidence.resolve("image")).doesNotExist();
  }

  @Test
  void whatAnEngineWouldMissIsAFinding() throws IOException {
    Path evidence = bareDump();

    Cli.Result result =
        Cli.run("checkpoint", "to-image", evidence.toString(), "--to", folder + "/image");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err())
        .contains("spec.dump is not there")
        .contains("no name of the container")
        .contains("amd64 is assumed");
  }

  /** Images without all that an engine writes beside them. */
  private Path bareDump() throws IOException {
    Path evidence = folder.resolve("evidence");
    Path images = Files.createDirectories(evidence.resolve("checkpoint"));
    byte[] inventory = CheckpointFixture.members("sidecar").get("checkpoint/inventory.img");
    Files.write(images.resolve("inventory.img"), inventory);
    return evidence;
  }
}
