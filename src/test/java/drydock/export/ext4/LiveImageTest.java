package drydock.export.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.evidence.Evidence;
import drydock.evidence.EvidenceOptions;
import drydock.export.TreeCopy;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.Ext4Format;
import drydock.fs.host.HostTree;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images in which e2fsck finds nothing and which the kernel mounts and shows as it showed what they
 * are of: all rows, all fields. Needs root, loop devices, e2fsprogs and Python.
 */
@Tag("live")
class LiveImageTest {
  private static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));
  private static final Path SCRIPT = Path.of("src/test/scripts/ext4_tree.py");

  /** Overlay's own listing moved them. */
  private static final Set<String> OF_THE_LISTING = Set.of("ino", "nlink", "atime");

  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({"gke-wp, 30", "gke-small, 4", "gke-ckpt, 5", "k3s, 17"})
  void everyContainersImageIsWhatTheKernelMerged(String node, int containers) throws Exception {
    Path folder = FIXTURES.resolve(node);
    int compared = 0;
    try (Evidence evidence =
        Evidence.open(EvidenceOptions.of(folder.resolve("node.qcow2")), new FindingLog())) {
      for (Runtime runtime : evidence.runtimes()) {
        for (Container container : runtime.containers()) {
          String name = container.namespace() + "-" + container.id();
          Path truth = folder.resolve("truth/rootfs/" + name + ".jsonl.gz");
          if (Files.exists(truth)) {
            compare(runtime.rootFs(container), KernelListing.read(truth), OF_THE_LISTING);
            compared++;
          }
        }
      }
    }
    assertThat(compared).isEqualTo(containers);
  }

  @Test
  void everyImageOfDockersContainersIsWhatTheKernelMerged() throws Exception {
    Path folder = FIXTURES.resolve("docker-containerd");
    Map<String, String> names = new TreeMap<>();
    JsonObject counts =
        JsonParser.parseString(Files.readString(folder.resolve("truth/counts.json")))
            .getAsJsonObject();
    for (String name : counts.keySet()) {
      if (counts.get(name).isJsonObject() && counts.getAsJsonObject(name).has("id")) {
        names.put(counts.getAsJsonObject(name).get("id").getAsString(), name);
      }
    }
    int compared = 0;
    try (Evidence evidence =
        Evidence.open(EvidenceOptions.of(folder.resolve("node.qcow2")), new FindingLog())) {
      for (Runtime runtime : evidence.runtimes()) {
        for (Container container : runtime.containers()) {
          String name = names.get(container.id());
          if (name != null) {
            Path truth = folder.resolve("truth/containers/" + name + "/merged.jsonl.gz");
            compare(runtime.rootFs(container), KernelListing.read(truth), OF_THE_LISTING);
            compared++;
          }
        }
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void imageOfAnOddFileSystemIsWhatTheKernelShows() throws Exception {
    Path source = work.resolve("source");
    Path mounted = Files.createDirectory(work.resolve("source-mounted"));
    sh("truncate -s 1G " + source);
    sh("mke2fs -q -F -t ext4 -N 90000 -O ea_inode,metadata_csum,64bit " + source);
    sh("mount -o loop,user_xattr,acl " + source + " " + mounted);
    sh(
        "python3 "
            + SCRIPT
            + (" fill " + mounted)
            + " plain names holes fragments far large attributes acl big-attributes times tiny"
            + " index ahead twin");
    sh(
        "python3 -c \"import os,sys; os.mkdir(sys.argv[1]);"
            + (" [os.mkdir(sys.argv[1] + '/%d' % i) for i in range(70000)]\" "
                + mounted
                + "/wide"));
    sh("umount " + mounted);
    FindingLog log = new FindingLog();
    try (OpenDisk disk = new RawFormat().open(source, log)) {
      sh("mount -o ro,loop " + source + " " + mounted);
      KernelListing kernel;
      try (HostTree tree = HostTree.open(mounted, new FindingLog())) {
        kernel = KernelListing.of(tree, new FindingLog());
      } finally {
        sh("umount " + mounted);
      }
      FileTree tree = new Ext4Format().open(disk.bytes(), OpenOptions.DEFAULT, log);
      compare(tree, kernel, Set.of("ino"));
    }
  }

  private void compare(FileTree source, KernelListing kernel, Set<String> except) throws Exception {
    Path target = work.resolve("image");
    try (ImageSink sink = ImageSink.create(target, "live", "live")) {
      assertThat(TreeCopy.all(source, sink)).isEmpty();
    }
    sh("e2fsck -fn " + target);
    Path mounted = work.resolve("mounted");
    Files.createDirectories(mounted);
    sh("mount -o ro,loop " + target + " " + mounted);
    try (HostTree tree = HostTree.open(mounted, new FindingLog())) {
      KernelListing image = KernelListing.of(tree, new FindingLog());
      List<String> differences =
          image.differences(kernel, except).stream()
              .filter(line -> !line.contains(": size is ") || !isDirectory(kernel, line))
              .toList();
      assertThat(differences).isEmpty();
    } finally {
      sh("umount " + mounted);
    }
    Files.delete(target);
  }

  private static boolean isDirectory(KernelListing listing, String line) {
    String path = line.substring(0, line.indexOf(": size is "));
    return "d".equals(listing.row(path).get("type"));
  }

  private static void sh(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(script + "\n" + output).isZero();
  }
}
