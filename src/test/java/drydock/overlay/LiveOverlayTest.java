package drydock.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.host.HostTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers that this machine's kernel made, or that are marked by hand, merged by the kernel and by
 * us: names, metadata, attributes and content must be the same. Needs root, loop devices and
 * overlayfs.
 */
@Tag("live")
class LiveOverlayTest {
  private static final String NAMES = "abcde";
  private static final int LAYERS = 6;
  private static final int STEPS = 60;

  @TempDir Path work;

  private Path disk;
  private final FindingLog log = new FindingLog();
  private final List<Path> mounted = new ArrayList<>();
  private int denied;
  private int compared;

  @BeforeEach
  void makeDisk() throws Exception {
    disk = Files.createDirectory(work.resolve("m"));
    Path image = work.resolve("image");
    sh("truncate -s 64M " + image + " && mkfs.ext4 -q -N 8192 " + image);
    mount("mount -o loop " + image + " " + disk, disk);
  }

  @AfterEach
  void unmount() throws Exception {
    for (int i = mounted.size() - 1; i >= 0; i--) {
      sh("umount " + mounted.get(i));
    }
  }

  private void mount(String command, Path at) throws Exception {
    sh(command);
    mounted.add(at);
  }

  private void unmountLast() throws Exception {
    sh("umount " + mounted.remove(mounted.size() - 1));
  }

  private static void sh(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(script + "\n" + output).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'redirect_dir=on,metacopy=on,index=off', trusted",
    "2, 'redirect_dir=on,metacopy=on,index=off', trusted",
    "3, 'redirect_dir=on,metacopy=on,index=off', trusted",
    "4, 'redirect_dir=on,metacopy=off,index=off', trusted",
    "5, 'index=off', trusted",
    "6, 'index=off', trusted",
    "7, 'userxattr,index=off', user",
    "8, 'userxattr,index=off', user",
  })
  void layersThatTheKernelWroteAreMergedAsTheKernelDoes(long seed, String options, String space)
      throws Exception {
    Random random = new Random(seed);
    Path merged = Files.createDirectory(disk.resolve("merged"));
    List<Path> layers = new ArrayList<>();
    layers.add(Files.createDirectory(disk.resolve("l0")));
    sh("cd " + layers.get(0) + "\n" + skeleton(random) + steps(random, STEPS) + skeleton(random));
    for (int i = 1; i < LAYERS; i++) {
      Path upper = Files.createDirectory(disk.resolve("l" + i));
      Path scratch = Files.createDirectory(disk.resolve("w" + i));
      mount(
          "mount -t overlay overlay -o lowerdir="
              + joined(layers)
              + ",upperdir="
              + upper
              + ",workdir="
              + scratch
              + ","
              + options
              + " "
              + merged,
          merged);
      sh("cd " + merged + "\n" + steps(random, STEPS) + (i % 2 == 0 ? skeleton(random) : ""));
      unmountLast();
      layers.add(0, upper);
    }
    mount(
        "mount -t overlay overlay -o lowerdir="
            + joined(layers.subList(1, LAYERS))
            + ",upperdir="
            + layers.get(0)
            + ",workdir="
            + disk.resolve("w" + (LAYERS - 1))
            + ","
            + options
            + " "
            + merged,
        merged);
    compare(merged, layers, space.equals("user") ? Marks.USER : Marks.TRUSTED);
    assertThat(compared).isGreaterThan(20);
    assertThat(denied).isZero();
    assertThat(log.hasLosses()).as("%s", log.list()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void layersThatAreMarkedByHandAreMergedAsTheKernelDoes(long seed) throws Exception {
    Random random = new Random(seed);
    Path merged = Files.createDirectory(disk.resolve("merged"));
    List<Path> layers = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      Path layer = Files.createDirectory(disk.resolve("l" + i));
      String made = skeleton(random) + steps(random, 10) + skeleton(random);
      sh("cd " + layer + "\n" + made + marks(random, 25));
      layers.add(layer);
    }
    mount(
        "mount -t overlay overlay -o ro,redirect_dir=follow,metacopy=on,lowerdir="
            + joined(layers)
            + " "
            + merged,
        merged);
    compare(merged, layers, Marks.TRUSTED);
    assertThat(compared).isPositive();
  }

  /** A dozen, or {@code -Dseeds=500} for a longer look. */
  static LongStream seeds() {
    return LongStream.range(100, 100 + Long.getLong("seeds", 12));
  }

  private static String joined(List<Path> layers) {
    return layers.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static String path(Random random) {
    int depth = 1 + random.nextInt(3);
    String path = "";
    for (int i = 0; i < depth; i++) {
      path += (i == 0 ? "" : "/") + NAMES.charAt(random.nextInt(NAMES.length()));
    }
    return path;
  }

  /** A layer of its own: directories with files in them. */
  private static String skeleton(Random random) {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String directory = path(random) + "/" + NAMES.charAt(random.nextInt(NAMES.length()));
      script.append("mkdir -p ").append(directory).append('\n');
      script.append("echo ").append(i).append(" > ").append(directory).append("/f\n");
      String file = directory + "/" + NAMES.charAt(random.nextInt(NAMES.length()));
      script
          .append("[ -d ")
          .append(file)
          .append(" ] || echo f > ")
          .append(file)
          .append(" || true\n");
    }
    return "{\n" + script + "} > /dev/null 2>&1\n";
  }

  /** Random changes; what is not possible is not done. */
  private static String steps(Random random, int count) {
    StringBuilder script = new StringBuilder("{\n");
    for (int i = 0; i < count; i++) {
      String at = path(random);
      String to = path(random);
      script.append(
          switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> "mkdir -p " + at;
            case 4, 5, 6 -> "mkdir -p $(dirname " + at + "); echo content " + i + " > " + at;
            case 7 -> "echo more >> " + at;
            case 8 -> "rm -rf " + at;
            case 9, 10, 11 -> "mv -T " + at + " " + to;
            case 12 -> "ln " + at + " " + to;
            case 13 -> "ln -s " + to + " " + at;
            case 14 -> "chmod 0" + (600 + random.nextInt(2) * 111) + " " + at;
            case 15 -> "chown -h " + i + ":7 " + at;
            case 16 -> "setfattr -n user.n" + random.nextInt(3) + " -v v" + i + " " + at;
            case 17 -> "setfattr -n trusted.overlay.opaque -v y " + at;
            case 18 -> "setfattr -n user.overlay.opaque -v y " + at;
            default -> "rm -rf " + at + "; mkdir " + at + "; touch " + at + "/new";
          });
      script.append('\n');
    }
    return script.append("} > /dev/null 2>&1\ntrue\n").toString();
  }

  /** Random marks, set on what there is. */
  private static String marks(Random random, int count) {
    StringBuilder script = new StringBuilder("{\n");
    for (int i = 0; i < count; i++) {
      String at = path(random);
      String set = "setfattr -h -n trusted.overlay.";
      script.append(
          switch (random.nextInt(9)) {
            case 0 -> "rm -rf " + at + "; mknod " + at + " c 0 0";
            case 1 -> "[ -d " + at + " ] && " + set + "opaque -v y " + at;
            case 2 ->
                "mkdir -p "
                    + at
                    + "; "
                    + set
                    + "opaque -v x "
                    + at
                    + "; true > "
                    + at
                    + "/a; "
                    + set
                    + "whiteout "
                    + at
                    + "/a; true > "
                    + at
                    + "/b";
            case 3 -> set + "redirect -v " + path(random).charAt(0) + " " + at;
            case 4, 5 -> set + "redirect -v /" + path(random) + " " + at;
            case 6 -> "[ -f " + at + " ] && " + set + "metacopy " + at;
            case 7 -> set + "overlay.redirect -v /a " + at;
            default -> "rm -rf " + at + "; mknod " + at + " c 1 3";
          });
      script.append('\n');
    }
    return script.append("} > /dev/null 2>&1\ntrue\n").toString();
  }

  private void compare(Path merged, List<Path> layers, Marks marks) throws IOException {
    try (HostTree kernel = HostTree.open(merged, log);
        HostTree real = HostTree.open(disk, log)) {
      List<Layer> all = new ArrayList<>();
      for (Path layer : layers) {
        String name = layer.getFileName().toString();
        all.add(new Layer(name, new Lookup(real).find("/" + name).node()));
      }
      FileTree ours = OverlayTree.of(all, marks, log);
      compare(TreePath.ROOT, kernel.root(), ours.root());
    }
  }

  private void compare(TreePath path, Node kernel, Node ours) throws IOException {
    compared++;
    assertThat(facts(ours)).as("%s", path).isEqualTo(facts(kernel));
    if (!kernel.meta().isDirectory()) {
      return;
    }
    List<Name> seen = new ArrayList<>();
    List<Name> refused = new ArrayList<>();
    for (Entry entry : kernel.list()) {
      TreePath below = path.child(entry.name());
      Optional<Entry> mine = ours.child(entry.name());
      try {
        Node there = entry.node();
        assertThat(mine).as("%s", below).isPresent();
        seen.add(entry.name());
        compare(below, there, mine.get().node());
      } catch (NoSuchFileException e) {
        // the kernel lists whiteouts of directories that are in one layer only, and denies them;
        // we list those only that are files where no mark on the directory makes us look for such
        assertThat(mine).as("%s", below).isEmpty();
        refused.add(entry.name());
      } catch (FileSystemException e) {
        // the kernel refuses metadata without content; we show what there is, and no content
        Node node = mine.orElseThrow().node();
        assertThatThrownBy(node::content).isInstanceOf(CorruptDataException.class);
        refused.add(entry.name());
        denied++;
      }
    }
    List<Name> listed = new ArrayList<>(ours.list().stream().map(Entry::name).toList());
    listed.removeAll(refused);
    assertThat(listed).as("names in %s", path).isEqualTo(seen);
  }

  private static Map<String, String> facts(Node node) throws IOException {
    FileMeta meta = node.meta();
    Map<String, String> facts = new TreeMap<>();
    facts.put("type", meta.type().toString());
    facts.put("permissions", Integer.toOctalString(meta.permissions()));
    facts.put("owner", meta.uid() + ":" + meta.gid());
    facts.put("size", Long.toString(meta.size()));
    facts.put("links", Long.toString(meta.links()));
    facts.put("device", String.valueOf(meta.device()));
    facts.put("modified", String.valueOf(meta.times().modified()));
    facts.put("changed", String.valueOf(meta.times().changed()));
    facts.put("born", String.valueOf(meta.times().born()));
    facts.put("target", Arrays.toString(node.linkTarget()));
    node.attributes()
        .forEach((name, value) -> facts.put("x " + name, HexFormat.of().formatHex(value)));
    if (meta.isFile()) {
      facts.put("sha1", Hashes.of(node.content(), HashAlgorithm.SHA1));
    }
    return facts;
  }
}
