package drydock.runtime.containerd;

import static drydock.fs.Picture.file;

import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A fixture's tree with some of containerd's directories replaced by what a test paints. */
final class ChangedNode {
  static final String ROOT = "/var/lib/containerd";
  static final String META = "io.containerd.metadata.v1.bolt";
  static final String OVERLAYFS = "io.containerd.snapshotter.v1.overlayfs";

  private final FileTree base;
  private final List<Graft> grafts = new ArrayList<>();
  private final FindingLog log = new FindingLog();

  ChangedNode(FileTree base) {
    this.base = base;
  }

  /** Puts a directory of these files in place of one below containerd's root. */
  ChangedNode with(String directory, Picture... files) throws IOException {
    PictureTree picture = PictureTree.of(files);
    grafts.add(
        Graft.of(TreePath.of(ROOT + "/" + directory), picture, new Lookup(picture).find("/")));
    return this;
  }

  /** Puts another content in place of meta.db. */
  ChangedNode withMetadata(byte[] content) throws IOException {
    return with(META, file("meta.db").withBytes(content));
  }

  /** Puts another content in place of the overlayfs snapshotter's database. */
  ChangedNode withSnapshotDatabase(byte[] content) throws IOException {
    with(OVERLAYFS, file("metadata.db").withBytes(content));
    String snapshots = ROOT + "/" + OVERLAYFS + "/snapshots";
    grafts.add(Graft.of(TreePath.of(snapshots), base, new Lookup(base).find(snapshots)));
    return this;
  }

  FindingLog log() {
    return log;
  }

  Runtime engine() throws IOException {
    List<Runtime> engines = new ContainerdFormat().find(MountedTree.of(base, grafts), ROOT, log);
    if (engines.size() != 1) {
      throw new IllegalStateException(engines.size() + " engines");
    }
    return engines.get(0);
  }

  static byte[] bytesOf(FileTree tree, String below) throws IOException {
    return new Lookup(tree).find(ROOT + "/" + below).node().content().allBytes(8 << 20);
  }

  static List<String> namesIn(FileTree tree, String below) throws IOException {
    return new Lookup(tree)
        .find(ROOT + "/" + below).node().list().stream()
            .map(Entry::name)
            .map(Object::toString)
            .toList();
  }
}
