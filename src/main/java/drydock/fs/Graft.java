package drydock.fs;

import org.jspecify.annotations.Nullable;

/**
 * A directory or file that stands in place of another one, as a mount does.
 *
 * @param at where it appears; names, no links: whoever means a path behind a symlink resolves it
 *     first
 * @param tree the tree that it comes from, which tells its inodes from those of other trees
 * @param inside where in {@code tree} the directory lies, free of links
 * @param root the directory of {@code tree} that appears there
 * @param note what whoever looks at it has to know; null when there is nothing to say
 */
public record Graft(TreePath at, FileTree tree, TreePath inside, Node root, @Nullable String note) {
  /** One of which there is nothing to say. */
  public Graft(TreePath at, FileTree tree, TreePath inside, Node root) {
    this(at, tree, inside, root, null);
  }

  /** A directory that was found in a tree. */
  public static Graft of(TreePath at, FileTree tree, Lookup.Found directory) {
    return new Graft(at, tree, directory.path(), directory.node());
  }
}
