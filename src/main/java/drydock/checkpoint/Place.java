package drydock.checkpoint;

import drydock.fs.FileTree;
import drydock.fs.Identity;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;

/**
 * A directory and the tree that it lies in: links in it lead to other places of that tree, and
 * nowhere else.
 *
 * @param path of the directory in the tree, free of links
 */
record Place(FileTree tree, TreePath path, Node node) {
  /** Equal for what is the same directory, and for no directories of two trees. */
  Identity identity() throws IOException {
    return new Identity(tree, node.identity());
  }
}
