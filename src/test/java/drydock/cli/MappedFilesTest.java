package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.CheckpointFixture;
import drydock.checkpoint.executable.NotedElf;
import drydock.fs.tar.TarBytes;
import drydock.proto.criu.FileEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a file that is found under a path is the one that a process had mapped. */
class MappedFilesTest {
  private static final String NODE = Cli.node("gke-ckpt");
  private static final String MAPPED = "/data/big.bin";
  private static final String HOSTS = "/etc/hosts";
  private static final int MOUNT_OF_HOSTS = 618;

  /** What CRIU says of the counter's program: its size, and what the linker called it. */
  private static final int SIZE = 861_440;

  private static final String BUILD = "fa15f999c45dcc86df08ab68668630414b53169b";

  @TempDir Path folder;

  private static SavedImage image(String buildId, int size) throws IOException {
    byte[] elf = NotedElf.of(true, false, HexFormat.of().parseHex(buildId));
    byte[] layer = new TarBytes().entry('0', "counter", "", Arrays.copyOf(elf, size)).done();
    return SavedImage.of(layer, new TarBytes().dir("etc/").done());
  }

  private Cli.Result original(SavedImage image) throws IOException {
    return Cli.run(
        "checkpoint",
        "core",
        image.counter(folder).toString(),
        "--original",
        "--to",
        folder.resolve("out").toString(),
        "--disk",
        image.docker(folder.resolve("image.tar")).toString(),
        "--findings",
        folder.resolve("findings.jsonl").toString(),
        "-o",
        "jsonl");
  }

  @Test
  void fileOfTheBuildThatWasMappedIsTaken() throws IOException {
    Cli.Result result = original(image(BUILD, SIZE));

    assertThat(result.records()).hasSize(1);
    assertThat(result.records().get(0).get("source").getAsString()).isEqualTo("layers");
    assertThat(Files.size(folder.resolve("out/1-counter.elf"))).isEqualTo(SIZE);
  }

  @Test
  void fileOfAnotherBuildUnderItsPathIsNot() throws IOException {
    String other = "00" + BUILD.substring(2);
    Cli.Result result = original(image(other, SIZE));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.records()).isEmpty();
    assertThat(result.err()).contains("the file of the executable of process 1");
    assertThat(Files.readString(folder.resolve("findings.jsonl")))
        .contains(
            "another file than the one that was mapped: build id " + other + ", not " + BUILD);
  }

  private static byte[] edited(byte[] image) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(image, 0, in.position(8).position());
    while (in.hasRemaining()) {
      byte[] message = new byte[in.getInt()];
      in.get(message);
      FileEntry.Builder entry = FileEntry.parseFrom(message).toBuilder();
      if (entry.getReg().getName().toStringUtf8().endsWith(MAPPED)) {
        byte[] name =
            entry.getReg().getName().toString(UTF_8).replace(MAPPED, HOSTS).getBytes(UTF_8);
        entry
            .getRegBuilder()
            .setName(com.google.protobuf.ByteString.copyFrom(name))
            .setMntId(MOUNT_OF_HOSTS)
            .setSize(202);
      }
      byte[] changed = entry.build().toByteArray();
      out.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(changed.length).array());
      out.writeBytes(changed);
    }
    return out.toByteArray();
  }

  /** The sidecar, as if it had mapped a file that was mounted from the node. */
  private String sidecar(String checkpointed) throws IOException {
    TarBytes tar = new TarBytes();
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members("sidecar").entrySet()) {
      byte[] content = each.getValue();
      if (each.getKey().endsWith("/files.img")) {
        content = edited(content);
      } else if (each.getKey().equals("config.dump")) {
        String text = new String(content, ISO_8859_1);
        content = text.replace("2026-11-22T01:38:03", checkpointed).getBytes(ISO_8859_1);
      }
      tar.entry('0', each.getKey(), "", content);
    }
    return Files.write(folder.resolve("sidecar.tar"), tar.done()).toString();
  }

  private byte[] mapped(String archive) throws IOException {
    Path file = folder.resolve("area");
    Cli.Result dump =
        Cli.run(
            "checkpoint",
            "memory",
            archive,
            "--pid",
            "10",
            "--dump",
            "7f78f0795000",
            "--to",
            file.toString(),
            "--disk",
            NODE,
            "--findings",
            folder.resolve("findings.jsonl").toString());
    assertThat(dump.out()).isNotNull();
    return Arrays.copyOf(Files.readAllBytes(file), 202);
  }

  @Test
  void fileOfAVolumeIsTakenFromTheNode() throws IOException {
    String archive = sidecar("2026-11-22T01:38:03");
    byte[] hosts = Cli.run("cat", archive, HOSTS, "--disk", NODE).bytes();

    assertThat(hosts).hasSize(202);
    assertThat(mapped(archive)).isEqualTo(hosts);
  }

  @Test
  void fileOfAVolumeThatWasWrittenSinceIsNot() throws IOException {
    assertThat(mapped(sidecar("2026-11-22T01:30:03"))).containsOnly(0);
    assertThat(Files.readString(folder.resolve("findings.jsonl")))
        .contains("another file than the one that was mapped: written since");
  }
}
