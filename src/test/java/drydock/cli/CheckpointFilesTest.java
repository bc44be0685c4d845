package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import drydock.fs.tar.TarBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
                .entry('0', "rootfs-diff.tar", "", SavedImage.gzip(diff))
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
