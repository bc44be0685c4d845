package drydock.fs;

/**
 * A directory that stands in place of another one, as a mount does.
 *
 * @param at where it appears; names, no links: whoever means a path behind a symlink resolves it
 *     first
 * @param tree the tree that it comes from, which tells its inodes from those of other trees
 * @param root the directory of {@code tree} that appears there
 */
public record Graft(TreePath at, FileTree tree, Node root) {}
