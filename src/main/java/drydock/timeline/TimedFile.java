package drydock.timeline;

import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * A file as a timeline tells of it: one row.
 *
 * @param inode the number that its name stands for; 0 when that is not known
 * @param named what the name calls it; unknown where there is no name
 * @param meta what the inode holds now; null when there is none to read
 * @param node reads the content and a link's target; null like {@code meta}
 */
public record TimedFile(
    TreePath path,
    long inode,
    NodeType named,
    @Nullable FileMeta meta,
    @Nullable Node node,
    Fate fate) {

  /** Whether the file is there. */
  public enum Fate {
    LIVING,
    /** A layer above deleted it; it is there in the layer that it is from. */
    HIDDEN,
    /** The name, or the inode that no name leads to, is deleted. */
    DELETED,
    /** The name is deleted and its inode in use: what is told of it may be another file's. */
    REALLOCATED
  }

  /** A file that is there. */
  static TimedFile living(TreePath path, Node node, FileMeta meta) {
    return new TimedFile(path, meta.inode(), meta.type(), meta, node, Fate.LIVING);
  }

  /** A file that a layer above hides. */
  static TimedFile hidden(TreePath path, Node node, FileMeta meta) {
    return new TimedFile(path, meta.inode(), meta.type(), meta, node, Fate.HIDDEN);
  }
}
