package drydock.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.bytes.ByteSource;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers as containerd unpacked them have no difference; what was changed since has. */
class VerifyTest {
  private static final String BLOBS =
      "/var/lib/containerd/io.containerd.content.v1.content/blobs/sha256/";
  private static final String LAYER =
      "2b9560fbb0268adc61679bad6c5d7cdc5dba8196062b28af6fd98e3db4622f01";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "gke-small, '15 contents, 3 images, 9 layers'",
    "gke-wp, '89 contents, 15 images, 65 layers'",
    "gke-ckpt, '16 contents, 4 images, 8 layers'",
    "k3s, '40 contents, 7 images, 30 layers'"
  })
  void everyLayerOfANodeIsAsItWasUnpacked(String node, String verified) {
    Cli.Result result = Cli.run("verify", Cli.node(node), "-o", "jsonl");

    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(verified + ": 0 differences, 0 that cannot be verified");
    assertThat(result.exit()).isZero();
  }

  @Test
  void ofSnapshotsThatNoImageNamesNothingCanBeTold() {
    Cli.Result result = Cli.run("verify", Cli.node("docker-containerd"), "-o", "jsonl");

    assertThat(result.records())
        .hasSize(9)
        .allMatch(row -> row.get("change").getAsString().equals("unverified"))
        .allMatch(row -> row.get("note").getAsString().equals("no image names its archive"));
    assertThat(result.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke.gcr.io/pause:3.8", "web"})
  void anImageOrAContainersImageIsVerifiedAlone(String selector) {
    Cli.Result result = Cli.run("verify", Cli.node("gke-small"), selector);

    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains(
            selector.equals("web")
                ? "9 contents, 1 images, 7 layers"
                : "3 contents, 1 images, 1 layers");
  }

  @Test
  void halfOfTheWorkCanBeAskedFor() {
    assertThat(Cli.run("verify", Cli.node("gke-small"), "--blobs").err())
        .contains("15 contents, 3 images, 0 layers");
    assertThat(Cli.run("verify", Cli.node("gke-small"), "--layers").err())
        .contains("0 contents, 0 images, 9 layers");
  }

  @Test
  void aNameThatNothingHasIsAUsageError() {
    Cli.Result result = Cli.run("verify", Cli.node("gke-small"), "nothing");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no image or container is called 'nothing'");
  }

  @Test
  void oneByteOfAFileInALayerIsFound() throws IOException {
    Path disk = changed("PRETTY_NAME=\"Debian 11\"\nID=debian".getBytes(US_ASCII), 14);
    Cli.Result result = Cli.run("verify", disk.toString(), "-o", "jsonl");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.records()).hasSize(1);
    JsonObject row = result.records().get(0);
    assertThat(row.get("object").getAsString()).isEqualTo("layer");
    assertThat(row.get("digest").getAsString()).isEqualTo("sha256:" + LAYER);
    assertThat(row.get("path").getAsString()).isEqualTo("/etc/os-release");
    assertThat(row.get("fields").toString()).isEqualTo("[\"sha256\"]");
    assertThat(row.getAsJsonObject("found").get("sha256").getAsString())
        .isNotEqualTo(row.getAsJsonObject("expected").get("sha256").getAsString());
    assertThat(result.err()).contains("layer sha256:" + LAYER + ": 1 difference");
  }

  @Test
  void oneBitOfAnArchiveIsFoundByItsDigest() throws IOException {
    byte[] blob = Cli.run("cat", Cli.node("gke-small"), BLOBS + LAYER).bytes();
    Path disk = changed(Arrays.copyOf(blob, 2048), 1000);
    Cli.Result result = Cli.run("verify", disk.toString(), "--blobs", "-o", "jsonl");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.records()).hasSize(1);
    JsonObject row = result.records().get(0);
    assertThat(row.get("object").getAsString()).isEqualTo("blob");
    assertThat(row.get("change").getAsString()).isEqualTo("changed");
    assertThat(row.getAsJsonObject("expected").get("digest").getAsString())
        .isEqualTo("sha256:" + LAYER);
    assertThat(Cli.run("verify", disk.toString(), "--layers").out())
        .contains(LAYER.substring(0, 12));
  }

  /** The disk of gke-small, one bit turned in a byte of each place where these bytes lie. */
  private Path changed(byte[] wanted, int at) throws IOException {
    Path raw = folder.resolve("node.raw");
    List<Long> places = new ArrayList<>();
    try (OpenDisk disk = new Qcow2Format().open(Path.of(Cli.node("gke-small")), new FindingLog())) {
      ByteSource bytes = disk.bytes();
      SparseCopy.write(bytes, raw);
      int block = 1024;
      for (long from = bytes.nextData(0); from < bytes.size(); from = bytes.nextData(from)) {
        int count = (int) Math.min(block, bytes.size() - from);
        byte[] piece = bytes.bytes(from, count);
        int same = Arrays.mismatch(piece, wanted);
        if (same < 0 || same >= Math.min(wanted.length, block)) {
          places.add(from + at);
        }
        from += block;
      }
    }
    assertThat(places).isNotEmpty();
    try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
      for (long place : places) {
        file.seek(place);
        int old = file.read();
        file.seek(place);
        file.write(old ^ 1);
      }
    }
    return raw;
  }
}
