package drydock.export;

import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A node read as far as it is before its turn to be written.
 *
 * @param attributes null when they cannot be read
 * @param target null when it cannot be read
 * @param bytes where all data of a small file are, one stretch after the other; null of a large one
 * @param from where they begin there
 * @param sha256 of a small file
 */
record Prepared(
    Item item,
    @Nullable SortedMap<Name, byte[]> attributes,
    byte @Nullable [] target,
    Content content,
    byte @Nullable [] bytes,
    int from,
    @Nullable String sha256) {

  /**
   * A node that was met in the tree.
   *
   * @param written its path in the target
   * @param linkOf the path in the target of the first name of it
   */
  record Item(
      TreePath path,
      TreePath written,
      Node node,
      FileMeta meta,
      @Nullable TreePath linkOf,
      FindingLog log) {}
}
