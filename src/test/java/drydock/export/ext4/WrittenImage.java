package drydock.export.ext4;

import drydock.bytes.ByteSource;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.export.ExportedFile;
import drydock.export.TreeSink.Data;
import drydock.finding.FindingLog;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.ext4.Ext4Format;
import drydock.fs.ext4.Ext4Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** An image as our reader sees it, and what tests hand to a sink. */
final class WrittenImage implements AutoCloseable {
  static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
  static final FileTimes TIMES = new FileTimes(TIME, TIME, TIME, TIME, null);
  static final SortedMap<Name, byte[]> NOTHING = new TreeMap<>();

  private final OpenDisk disk;
  private final FindingLog log = new FindingLog();
  private final Ext4Tree tree;

  WrittenImage(Path file) throws IOException {
    disk = new RawFormat().open(file, log);
    tree = Ext4Format.openTree(disk.bytes(), OpenOptions.DEFAULT, log);
  }

  Ext4Tree tree() {
    return tree;
  }

  ByteSource bytes() {
    return disk.bytes();
  }

  Node at(String path) throws IOException {
    return new Lookup(tree).find(path).node();
  }

  /** All that a whole check, and reading so far, has found. */
  List<String> findings() throws IOException {
    tree.check();
    return log.list().stream().map(finding -> finding.origin() + ": " + finding.what()).toList();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }

  static FileMeta meta(NodeType type, long size, long links, Device device, FileTimes times) {
    return new FileMeta(7, type, 0644, 70_000, 0xffff_fffeL, size, links, device, times);
  }

  static ExportedFile directory(String path) {
    return directory(TreePath.of(path));
  }

  static ExportedFile directory(TreePath path) {
    FileMeta meta = meta(NodeType.DIRECTORY, 4096, 2, null, TIMES);
    return new ExportedFile(path, meta, null, NOTHING, new byte[0]);
  }

  static ExportedFile file(String path, long size) {
    return file(TreePath.of(path), size, NOTHING);
  }

  static ExportedFile file(TreePath path, long size, SortedMap<Name, byte[]> attributes) {
    FileMeta meta = meta(NodeType.FILE, size, 1, null, TIMES);
    return new ExportedFile(path, meta, null, attributes, new byte[0]);
  }

  static ExportedFile linkedFile(String path, String linkOf) {
    FileMeta meta = meta(NodeType.FILE, 0, 2, null, TIMES);
    TreePath first = linkOf == null ? null : TreePath.of(linkOf);
    return new ExportedFile(TreePath.of(path), meta, first, NOTHING, new byte[0]);
  }

  static ExportedFile symlink(String path, byte[] target) {
    FileMeta meta = meta(NodeType.SYMLINK, target.length, 1, null, TIMES);
    return new ExportedFile(TreePath.of(path), meta, null, NOTHING, target);
  }

  static ExportedFile special(String path, NodeType type, Device device) {
    FileMeta meta = meta(type, 0, 1, device, TIMES);
    return new ExportedFile(TreePath.of(path), meta, null, NOTHING, new byte[0]);
  }

  static ExportedFile timed(String path, FileTimes times) {
    FileMeta meta = meta(NodeType.FILE, 0, 1, null, times);
    return new ExportedFile(TreePath.of(path), meta, null, NOTHING, new byte[0]);
  }

  /** A file that is nothing but its content. */
  static void addFile(ImageSink sink, String path, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    sink.beginFile(file(path, bytes.length), List.of(new Data(0, bytes.length)));
    sink.write(bytes, 0, bytes.length);
    sink.endFile();
  }
}
