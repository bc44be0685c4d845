package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import drydock.fs.tar.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on files, asked of checkpoints. */
class CheckpointFilesTest {
  private static final String COUNTER = CheckpointFixture.archive("counter-podman").toString();
  private static final String SHOP = CheckpointFixture.archive("shop-1").toString();
  private static final String ID =
      "37c899fa8c3bb4e30e41d5b702b4b408f8ad273360196cbd03ae3c84e7b87496";

  @TempDir Path folder;

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] json(JsonObject object) {
    return object.toString().getBytes(UTF_8);
  }

  private static JsonObject descriptor(String digest, String type) {
    JsonObject descriptor = new JsonObject();
    descriptor.addProperty("mediaType", "application/vnd.oci.image." + type);
    descriptor.addProperty("digest", digest);
    return descriptor;
  }

  private static String fake(int number) {
    return "sha256:" + String.format(Locale.ROOT, "%064d", number);
  }

  /** An image of two layers that the counter may have been made from. */
  private Path layout(String config) throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("image/blobs/sha256"));
    byte[] base =
        new TarBytes()
            .dir("etc/")
            .file("etc/deleteme", "was here")
            .file("etc/passwd", "root")
            .dir("data/")
            .dir("data/old/")
            .file("data/old/was", "gone with the directory")
            .as(01777, 3, 4, 1_400_000_000)
            .dir("bin/")
            .file("gone", "")
            .done();
    byte[] top = new TarBytes().file("etc/top", "t").file(".wh.gone", "").done();
    Files.write(blobs.resolve(fake(1).substring(7)), gzip(base));
    Files.write(blobs.resolve(fake(2).substring(7)), top);
    Files.writeString(blobs.resolve(config), "{\"created\":\"2021-11-24T00:53:42Z\"}");
    JsonObject manifest = new JsonObject();
    manifest.add("config", descriptor("sha256:" + config, "config.v1+json"));
    JsonArray layers = new JsonArray();
    layers.add(descriptor(fake(1), "layer.v1.tar+gzip"));
    layers.add(descriptor(fake(2), "layer.v1.tar"));
    manifest.add("layers", layers);
    Files.write(blobs.resolve(fake(3).substring(7)), json(manifest));
    JsonObject named = descriptor(fake(3), "manifest.v1+json");
    JsonObject annotations = new JsonObject();
    annotations.addProperty("org.opencontainers.image.ref.name", "localhost/counter:blog");
    named.add("annotations", annotations);
    JsonObject index = new JsonObject();
    JsonArray manifests = new JsonArray();
    manifests.add(named);
    index.add("manifests", manifests);
    Files.write(folder.resolve("image/index.json"), json(index));
    return folder.resolve("image");
  }

  private static List<String> paths(Cli.Result result) {
    return result.records().stream().map(each -> each.get("path").getAsString()).toList();
  }

  @Test
  void withoutTheImageOnlyChangesAreShownAndItIsNamedAsMissing() {
    Cli.Result result = Cli.run("find", COUNTER, "/", "--no-volumes", "-o", "jsonl");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(paths(result))
        .containsExactly(
            "/",
            "/bin",
            "/bin/evil",
            "/data",
            "/data/old",
            "/data/old/n",
            "/test-file",
            "/var",
            "/var/log",
            "/var/log/counter.log");
    assertThat(result.err()).contains("localhost/counter:blog (" + ID + ") are missing");
  }

  @Test
  void podmansListOfDeletedFilesHidesWhatASavedImageHas() throws IOException {
    Path image = layout(ID);
    Cli.Result result =
        Cli.run("find", COUNTER, "/", "--no-volumes", "-o", "jsonl", "--disk", image.toString());

    assertThat(result.exit()).isZero();
    assertThat(paths(result))
        .containsExactly(
            "/",
            "/bin",
            "/bin/evil",
            "/data",
            "/data/old",
            "/data/old/n",
            "/etc",
            "/etc/passwd",
            "/etc/top",
            "/test-file",
            "/var",
            "/var/log",
            "/var/log/counter.log");
    JsonObject bin = result.records().get(1);
    assertThat(bin.get("mode").getAsString()).isEqualTo("1777");
    assertThat(bin.get("uid").getAsInt()).isEqualTo(3);
    assertThat(bin.get("modified").getAsString()).isEqualTo("2014-05-13T16:53:20Z");
    assertThat(
            Cli.run("drift", COUNTER, "--disk", image.toString(), "--columns", "change,path").out())
        .contains("deleted", "/etc/deleteme", "/data/old")
        .doesNotContain("/bin\n");
  }

  @Test
  void imageOfTheSameNameWithAnotherDigestIsAGuess() throws IOException {
    Cli.Result result =
        Cli.run("ls", COUNTER, "/etc", "--disk", layout("ab".repeat(32)).toString());

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).contains("/etc/passwd");
    assertThat(result.err()).contains("are a guess", "the same name and another digest");
  }

  @Test
  void dockersArchiveAndBareBlobsAreImagesToo() throws IOException {
    Path image = layout(ID);
    byte[] archive =
        new TarBytes()
            .file(
                "manifest.json",
                "[{\"Config\":\""
                    + ID
                    + ".json\",\"RepoTags\":[\"x:1\"],\"Layers\":[\"a/layer.tar\"]}]")
            .file(ID + ".json", "{}")
            .entry('0', "a/layer.tar", "", new TarBytes().file("only", "1").done())
            .done();
    Path docker = Files.write(folder.resolve("saved.tar"), archive);
    Files.delete(image.resolve("index.json"));

    assertThat(Cli.run("cat", COUNTER, "/only", "--disk", docker.toString()).out()).isEqualTo("1");
    assertThat(Cli.run("cat", COUNTER, "/etc/top", "--disk", image.toString()).out())
        .isEqualTo("t");
  }

  @Test
  void eachCommandOfTheGroupIsTheOneOfThatName() {
    String disk = Cli.node("gke-ckpt");
    for (List<String> command :
        List.of(
            List.of("ls", SHOP, "/etc", "--disk", disk),
            List.of("tree", SHOP, "/var", "--disk", disk),
            List.of("stat", SHOP, "/tmp/dropped", "--no-volumes", "--disk", disk),
            List.of("cat", SHOP, "/var/www/shell.php", "--disk", disk),
            List.of("hash", SHOP, "/bin", "--disk", disk),
            List.of("drift", SHOP, "--disk", disk),
            List.of("timeline", SHOP, "--disk", disk))) {
      Cli.Result alone = Cli.run(command);
      Cli.Result grouped =
          Cli.run(Stream.concat(Stream.of("checkpoint"), command.stream()).toList());
      assertThat(alone.exit()).as("%s", command).isZero();
      assertThat(alone.out()).isNotEmpty().isEqualTo(grouped.out());
    }
  }

  @Test
  void treeIsDrawn() {
    Cli.Result result =
        Cli.run("tree", SHOP, "/var", "--no-volumes", "--disk", Cli.node("gke-ckpt"));

    assertThat(result.out())
        .startsWith("/var\n├── ")
        .contains("└── www\n    └── shell.php\n")
        .containsPattern("\n\\d+ director(y|ies), \\d+ files?\n$");
  }

  @Test
  void nodeIsNoCheckpointAndTheOtherWayRound() {
    Cli.Result node = Cli.run("checkpoint", "ls", Cli.node("gke-ckpt"), "/");
    Cli.Result frozen = Cli.run("whose", SHOP, "/etc");

    assertThat(node.exit()).isEqualTo(2);
    assertThat(node.err()).contains("is no checkpoint");
    assertThat(frozen.exit()).isEqualTo(1);
    assertThat(frozen.err()).contains("is a checkpoint of a container");
  }

  @Test
  void whatTheNodesDiskHasOfMountsIsSaidToBeYounger() {
    Cli.Result mounts =
        Cli.run("list", "mounts", SHOP, "--disk", Cli.node("gke-ckpt"), "-o", "jsonl");

    assertThat(mounts.exit()).isZero();
    for (JsonObject each : mounts.records()) {
      if (each.get("status").getAsString().equals("present")) {
        boolean packed =
            List.of("/dev", "/sys/fs/cgroup").contains(each.get("destination").getAsString());
        assertThat(each.get("note").toString().contains("when that was acquired"))
            .as("%s", each)
            .isEqualTo(!packed);
      }
    }
  }

  @Test
  void whatLayInMemoryIsShownAsItWasPacked() {
    Cli.Result devices = Cli.run("find", SHOP, "/dev", "--type", "character", "-o", "jsonl");

    assertThat(devices.records())
        .extracting(each -> each.get("path").getAsString() + " " + each.get("device").getAsString())
        .containsExactly(
            "/dev/full 1:7",
            "/dev/null 1:3",
            "/dev/random 1:8",
            "/dev/tty 5:0",
            "/dev/urandom 1:9",
            "/dev/zero 1:5");
    assertThat(Cli.run("stat", COUNTER, "/dev/shm").out()).contains("1777");
  }

  @Test
  void timelineSaysWhenItWasFrozen() {
    Cli.Result result =
        Cli.run(
            "timeline",
            SHOP,
            "--disk",
            Cli.node("gke-ckpt"),
            "-o",
            "jsonl",
            "--kind",
            "checkpoint");

    assertThat(result.records()).hasSize(1);
    assertThat(result.records().get(0).get("datetime").getAsString())
        .isEqualTo("2026-11-22T01:37:55.038184145Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../evil", "/../evil", "a/../../../evil"})
  void nothingOfAHostileArchiveLeavesTheTarget(String name) throws IOException {
    byte[] diff =
        new TarBytes()
            .symlink("out", "/")
            .file("out/evil", "through a link")
            .file(name, "up")
            .link("hard", "../../../etc/passwd")
            .as(0, 0, 0, 0)
            .file(".wh...", "")
            .file("a/.wh..wh..opq", "")
            .file(".wh..wh..opq", "")
            .done();
    Path archive =
        Files.write(
            folder.resolve("c.tar"),
            new TarBytes()
                .file("config.dump", "{\"id\":\"abc\",\"runtime\":\"io.containerd.runc.v2\"}")
                .file(
                    "spec.dump", "{\"mounts\":[{\"destination\":\"/../../m\",\"type\":\"tmpfs\"}]}")
                .file("deleted.files", "[\"../x\", 7, \"/a\"]")
                .entry('0', "rootfs-diff.tar", "", gzip(diff))
                .dir("checkpoint/")
                .file("checkpoint/inventory.img", "")
                .done());
    Path target = folder.resolve("deep/down/here");
    Files.createDirectories(target.getParent());

    Cli.Result result =
        Cli.run("export", archive.toString(), "--to", target.toString(), "--format", "directory");

    assertThat(result.exit()).as(result.err()).isIn(0, 3);
    try (Stream<Path> written = Files.walk(folder)) {
      assertThat(written.filter(each -> each.getFileName().toString().equals("evil")))
          .isNotEmpty()
          .allMatch(each -> each.startsWith(target));
    }
  }

  @Test
  void archiveWithoutTheChangesSaysSo() throws Exception {
    Path archive =
        Files.write(
            folder.resolve("c.tar"),
            new TarBytes()
                .file("config.dump", "{\"id\":\"abc\"}")
                .file("spec.dump", "{}")
                .dir("checkpoint/")
                .file("checkpoint/inventory.img", "")
                .done());

    Cli.Result result = Cli.run("ls", archive.toString(), "/");

    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("rootfs-diff.tar is not there: what the container changed");
  }
}
