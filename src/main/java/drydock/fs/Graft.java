package drydock.fs;

/**
 * A directory that stands in place of another one, as a mount does.
 *
 * @param at where it appears; names, no links: whoever means a path behind a symlink resolves it
 *     first
 * @param tree the tree that it comes from, which tells its inodes from those of other trees
 * @param inside where in {@code tree} the directory lies, free of links
 * @param root the directory of {@code tree} that appears there
 */
public record Graft(TreePath at, FileTree tree, TreePath inside, Node root) {
  /** A directory that was found in a tree. */
  public static Graft of(TreePath at, FileTree tree, Lookup.Found directory) {
    return new Graft(at, tree, directory.path(), directory.node());
  }
}
