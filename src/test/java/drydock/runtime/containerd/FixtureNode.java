package drydock.runtime.containerd;

import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.Ext4Format;
import drydock.runtime.Runtime;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A node of fixtures/, opened down to its engines, and what the live system said of it. */
record FixtureNode(String name, OpenDisk disk, FileTree tree, FindingLog log) implements Closeable {
  private static final int SECTOR = 512;
  private static final int GPT_ENTRY_BYTES = 128;

  /** Every node with containerd on it. */
  static final List<String> ALL =
      List.of("gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd");

  static FixtureNode open(String name) throws IOException {
    FindingLog log = new FindingLog();
    OpenDisk disk = new Qcow2Format().open(directory(name).resolve("node.qcow2"), log);
    int number = name.equals("k3s") ? 2 : 1;
    byte[] entry =
        disk.bytes().bytes(2L * SECTOR + (number - 1L) * GPT_ENTRY_BYTES, GPT_ENTRY_BYTES);
    long first = LittleEndian.i64(entry, 32) * SECTOR;
    long end = (LittleEndian.i64(entry, 40) + 1) * SECTOR;
    ByteSource partition = disk.bytes().slice("partition " + number, first, end - first);
    FileTree tree = new Ext4Format().open(partition, OpenOptions.DEFAULT, log);
    return new FixtureNode(name, disk, tree, log);
  }

  static Path directory(String name) {
    return Path.of(System.getProperty("fixtures", "fixtures")).resolve(name);
  }

  /** Its one containerd. */
  Runtime engine() throws IOException {
    List<Runtime> engines = new ContainerdFormat().find(tree, null, log);
    if (engines.size() != 1) {
      throw new IllegalStateException(name + " has " + engines.size() + " engines");
    }
    return engines.get(0);
  }

  Path truth(String below) {
    return directory(name).resolve("truth").resolve(below);
  }

  String text(String below) throws IOException {
    return Files.readString(truth(below));
  }

  /** What was found wrong, notes left out. */
  List<Finding> losses() {
    return log.list().stream()
        .filter(finding -> finding.severity() != drydock.finding.Severity.NOTE)
        .toList();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
