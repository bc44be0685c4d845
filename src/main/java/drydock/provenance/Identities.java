package drydock.provenance;

import drydock.fs.Identity;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import java.io.IOException;

/** What makes two nodes one whatever trees they are reached through. */
final class Identities {
  private Identities() {}

  /** The file system and the inode in it, whether or not the file system is mounted somewhere. */
  static Object of(Node node) throws IOException {
    Node own = node;
    Node behind = MountedTree.behind(own);
    while (!behind.equals(own)) {
      own = behind;
      behind = MountedTree.behind(own);
    }
    return new Identity(own.onceWithin().orElse(""), own.identity());
  }
}
