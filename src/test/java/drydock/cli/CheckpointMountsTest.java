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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return shop(Set.of(), more);
  }

  /** The same without those at some places. */
  private String shop(Set<String> unmounted, MntEntry... more) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("shop"));
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members("shop-2").entrySet()) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      boolean isMounts = each.getKey().startsWith("checkpoint/mountpoints-");
      content.writeBytes(isMounts ? without(unmounted, each.getValue()) : each.getValue());
      if (isMounts) {
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

  private static byte[] without(Set<String> places, byte[] image) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(image, 0, in.position(2 * Integer.BYTES).position());
    while (in.hasRemaining()) {
      int from = in.position();
      byte[] message = new byte[in.getInt()];
      in.get(message);
      if (!places.contains(MntEntry.parseFrom(message).getMountpoint().toStringUtf8())) {
        out.write(image, from, in.position() - from);
      }
    }
    return out.toByteArray();
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

  /** A secret that was unmounted to hide it, and one over which something else was mounted then. */
  @Test
  void mountsOfTheSpecThatWereUnmountedAreNotThere() throws IOException {
    String disk = Cli.node("gke-ckpt");
    String whole = CheckpointFixture.archive("shop-2").toString();
    String archive =
        shop(Set.of("/etc/shop.ini", "/cache"), mount(9001, ROOT, "/srv/cache", Fstype.TMPFS, "a"));
    List<String> gone = new ArrayList<>();
    for (JsonObject each :
        Cli.run("list", "mounts", archive, "--disk", disk, "-o", "jsonl").records()) {
      if (each.get("status").getAsString().equals("unmounted")) {
        gone.add(each.get("path").getAsString());
        assertThat(each.get("note").getAsString()).contains("not mounted any more");
      }
    }

    assertThat(gone).containsExactly("/cache", "/etc/shop.ini");
    assertThat(later(archive, "--disk", disk).keySet()).containsExactly("/srv/cache");
    String mounted = Cli.run("cat", whole, "/etc/shop.ini", "--disk", disk).out();
    String below = Cli.run("cat", whole, "/etc/shop.ini", "--no-volumes", "--disk", disk).out();
    assertThat(Cli.run("cat", archive, "/etc/shop.ini", "--disk", disk).out())
        .isEqualTo(below)
        .isNotEqualTo(mounted);
  }

  /** Without the layers nobody knows where links lead: what is called the same may be it. */
  @Test
  void withoutLayersAMountOfTheSameNameElsewhereMayBeThatOfTheSpec() throws IOException {
    String archive =
        shop(Set.of("/etc/shop.ini", "/cache"), mount(9001, ROOT, "/srv/cache", Fstype.TMPFS, "a"));
    Map<String, String> status = new TreeMap<>();
    for (JsonObject each : Cli.run("list", "mounts", archive, "-o", "jsonl").records()) {
      status.put(each.get("path").getAsString(), each.get("status").getAsString());
    }

    assertThat(status)
        .containsEntry("/etc/shop.ini", "unmounted")
        .containsEntry("/cache", "elsewhere")
        .doesNotContainKey("/srv/cache");
  }

  /** Without that image nothing is known of what was mounted: the spec counts. */
  @Test
  void withoutTheImageOfMountsTheSpecCounts() throws IOException {
    Path archive = Path.of(shop());
    try (Stream<Path> all = Files.list(archive.resolve("checkpoint"))) {
      for (Path each : all.filter(file -> file.toString().contains("mountpoints-")).toList()) {
        Files.delete(each);
      }
    }

    assertThat(Cli.run("list", "mounts", archive.toString(), "-o", "jsonl").out())
        .isNotEmpty()
        .doesNotContain("unmounted");
  }

  @Test
  void nodeHasTheMountsOfItsSpecAndNoneThatWereMadeInside() throws IOException {
    String node = Cli.node("gke-ckpt");
    String archive = shop(Set.of("/etc/shop.ini"), mount(9001, ROOT, "/mnt", Fstype.TMPFS, "loot"));
    List<String> whole = changes(diff(CheckpointFixture.archive("shop-2").toString(), node));

    assertThat(whole).noneMatch(each -> each.startsWith("mount"));
    assertThat(changes(diff(archive, node)))
        .containsAll(whole)
        .hasSize(whole.size() + 2)
        .contains("mount added /etc/shop.ini", "mount removed /mnt");
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
