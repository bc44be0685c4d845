package drydock.runtime.containerd;

import drydock.fs.FileMeta;
import drydock.fs.Node;

/** A node and what {@code stat} tells of it. */
record Found(Node node, FileMeta meta) {
  boolean isDirectory() {
    return meta.isDirectory();
  }

  boolean isFile() {
    return meta.isFile();
  }
}
