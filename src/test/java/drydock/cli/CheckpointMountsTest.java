package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import drydock.checkpoint.CheckpointFixture;
import drydock.fs.tar.TarBytes;
import drydock.proto.criu.Fstype;
import drydock.proto.criu.MntEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What was mounted in a frozen container besides the mounts of its spec. */
class CheckpointMountsTest {
  static final List<String> ALL = CheckpointFixture.ALL;
  private static final String NOT_IN_SPEC = "not in the spec";
  private static final int ROOT = 623;
  private static final int PROC = 624;
  private static final int CACHE = 639;

  @TempDir Path folder;

  private static MntEntry mount(int id, int parent, String place, Fstype type, String source) {
    return MntEntry.newBuilder()
        .setMntId(id)
        .setParentMntId(parent)
        .setMountpoint(ByteString.copyFromUtf8(place))
        .setFstype(type.getNumber())
        .setRootDev(id)
        .setFlags(0)
        .setRoot(ByteString.copyFromUtf8("/"))
        .setSource(ByteString.copyFromUtf8(source))
        .setOptions(ByteString.EMPTY)
        .build();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** The shop with more mounts; of file systems in memory CRIU keeps the files. */
  private String shop(MntEntry... more) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("shop"));
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members("shop-2").entrySet()) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      content.writeBytes(each.getValue());
      if (each.getKey().startsWith("checkpoint/mountpoints-")) {
        for (MntEntry entry : more) {
          ByteBuffer size = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          content.writeBytes(size.putInt(entry.getSerializedSize()).array());
          content.writeBytes(entry.toByteArray());
        }
      }
      Path file = directory.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, content.toByteArray());
    }
    byte[] kept = new TarBytes().file("loot", "taken").done();
    Files.write(directory.resolve("checkpoint/tmpfs-dev-9001.tar.gz.img"), gzip(kept));
    return directory.toString();
  }

  private static Map<String, JsonObject> later(String archive, String... more) {
    List<String> words =
        Stream.concat(Stream.of("list", "mounts", archive, "-o", "jsonl"), Arrays.stream(more))
            .toList();
    Map<String, JsonObject> rows = new TreeMap<>();
    for (JsonObject each : Cli.run(words).records()) {
      JsonElement note = each.get("note");
      if (!note.isJsonNull() && note.getAsString().contains(NOT_IN_SPEC)) {
        rows.put(each.get("destination").getAsString(), each);
      }
    }
    return rows;
  }

  private static String text(Map<String, JsonObject> rows, String place, String field) {
    JsonObject row = rows.getOrDefault(place, new JsonObject());
    return row.has(field) ? row.get(field).getAsString() : "no " + place;
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void whatTheRuntimeMountedIsNotToldAsLater(String name) {
    String archive = CheckpointFixture.archive(name).toString();
    assertThat(later(archive)).isEmpty();
    assertThat(later(archive, "--disk", Cli.node("gke-ckpt"))).isEmpty();
  }

  @Test
  void laterMountsAreToldWithWhatTheyAreOf() throws IOException {
    MntEntry bound =
        mount(9002, ROOT, "/srv/node", Fstype.AUTO, "/dev/sda1").toBuilder()
            .setRoot(ByteString.copyFromUtf8("/var/lib"))
            .build();
    Map<String, JsonObject> rows =
        later(
            shop(
                mount(9001, ROOT, "/mnt", Fstype.TMPFS, "loot"),
                bound,
                mount(9003, PROC, "/proc/8", Fstype.PROC, "proc"),
                mount(9004, CACHE, "/cache", Fstype.TMPFS, "over")));

    assertThat(rows.keySet()).containsExactly("/cache", "/mnt", "/proc/8", "/srv/node");
    assertThat(text(rows, "/mnt", "status")).isEqualTo("present");
    assertThat(text(rows, "/mnt", "note")).endsWith("; tmpfs of loot");
    assertThat(text(rows, "/cache", "status")).isEqualTo("memory");
    assertThat(text(rows, "/proc/8", "status")).isEqualTo("kernel");
    assertThat(text(rows, "/srv/node", "status")).isEqualTo("elsewhere");
    assertThat(text(rows, "/srv/node", "note")).endsWith("/dev/sda1, of it /var/lib");
  }

  @Test
  void theyAreInTheTreeWithTheirFilesOrEmpty() throws IOException {
    String archive =
        shop(
            mount(9001, ROOT, "/mnt", Fstype.TMPFS, "loot"),
            mount(9005, 9001, "/mnt/deep", Fstype.TMPFS, "deep"),
            mount(9002, ROOT, "/srv/shop", Fstype.AUTO, "/dev/sda1"));

    assertThat(Cli.run("cat", archive, "/mnt/loot").out()).isEqualTo("taken");
    Cli.Result mounted = Cli.run("find", archive, "/mnt", "-o", "jsonl");
    assertThat(mounted.records())
        .extracting(each -> each.get("path").getAsString())
        .contains("/mnt", "/mnt/loot", "/mnt/deep");
    Cli.Result covered = Cli.run("find", archive, "/srv/shop", "-o", "jsonl");
    assertThat(covered.records())
        .extracting(each -> each.get("path").getAsString())
        .containsExactly("/srv/shop");
    assertThat(covered.err()).contains("/srv/shop").contains(NOT_IN_SPEC);
    assertThat(Cli.run("find", archive, "/srv/shop", "--no-volumes", "-o", "jsonl").records())
        .hasSizeGreaterThan(1);
  }

  private static List<String> changes(Cli.Result result) {
    return result.records().stream()
        .map(
            each ->
                each.get("kind").getAsString()
                    + " "
                    + each.get("change").getAsString()
                    + " "
                    + each.get("what").getAsString())
        .toList();
  }

  private static Cli.Result diff(String before, String after) {
    return Cli.run("checkpoint", "diff", before, after, "-o", "jsonl");
  }

  /** A file system in memory that came has files that came. */
  @Test
  void diffTellsOfTheFilesOfALaterMount() throws IOException {
    String was = CheckpointFixture.archive("shop-2").toString();
    String is = shop(mount(9001, ROOT, "/mnt", Fstype.TMPFS, "loot"));

    assertThat(changes(diff(was, is))).containsExactly("mount added /mnt", "file added /mnt/loot");
    assertThat(changes(diff(is, was)))
        .containsExactly("mount removed /mnt", "file removed /mnt/loot");
  }

  @Test
  void diffComparesSharedMemoryAndVolumesThatBothHave() throws IOException {
    String was = CheckpointFixture.archive("shop-2").toString();
    Path one = Path.of(shop());
    Path other = folder.resolve("other");
    copy(one, other);
    Files.createDirectory(one.resolve("volumes"));
    Files.createDirectory(other.resolve("volumes"));
    byte[] small = new TarBytes().file("f", "a").done();
    byte[] large = new TarBytes().file("f", "ab").file("g", "").done();
    Files.write(one.resolve("devshm-checkpoint.tar"), small);
    Files.write(other.resolve("devshm-checkpoint.tar"), large);
    Files.write(one.resolve("volumes/data.tar"), large);
    Files.write(other.resolve("volumes/data.tar"), small);

    assertThat(changes(diff(one.toString(), other.toString())))
        .containsExactly(
            "file changed /dev/shm/f",
            "file added /dev/shm/g",
            "file changed volume data:/f",
            "file removed volume data:/g");
    Cli.Result lost = diff(was, other.toString());
    assertThat(lost.exit()).isEqualTo(3);
    assertThat(lost.err()).contains("/dev/shm").contains("not compared").contains("volume data");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  @Test
  void exportHasTheFilesOfALaterMount() throws IOException {
    String archive = shop(mount(9001, ROOT, "/mnt", Fstype.TMPFS, "loot"));
    Path tar = folder.resolve("root.tar");

    Cli.run("export", archive, "--to", tar.toString());
    assertThat(CheckpointFixture.unpacked(tar)).containsKey("mnt/loot");
  }
}
