package drydock.checkpoint;

import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.TreePath;

/**
 * A directory and the tree that it lies in: links in it lead to other places of that tree, and
 * nowhere else.
 *
 * @param path of the directory in the tree, free of links
 */
record Place(FileTree tree, TreePath path, Node node) {}
