package drydock.fs.ext4;

import drydock.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * A sound directory's names, and the nodes that they stand for as far as they were read before
 * anybody asked for them. Each is handed out once, so that they do not stay for as long as the list
 * does. Safe from many threads: nodes never change, and one that is not seen yet is read again.
 */
final class Listing {
  private final long directory;
  private final DirentList names;
  private final @Nullable Ext4Node[] nodes;
  private volatile int claimed;
  private volatile int read;
  private volatile int passed;

  Listing(long directory, DirentList names) {
    this.directory = directory;
    this.names = names;
    this.nodes = new Ext4Node[names.size()];
  }

  /** The directory's inode number. */
  long directory() {
    return directory;
  }

  DirentList names() {
    return names;
  }

  /** The inode that a name stands for; the entry itself is not made. */
  long inode(int index) {
    return names.inode(index);
  }

  /** What a name calls its inode; the entry itself is not made. */
  @Nullable NodeType type(int index) {
    return names.type(index);
  }

  /** Whether a name may stand for a directory: not every one says. */
  boolean mayBeDirectory(int index) {
    NodeType type = type(index);
    return type == null || type == NodeType.DIRECTORY;
  }

  /** The first name whose node will not be read by whoever reads ahead now. */
  int claimed() {
    return claimed;
  }

  /** Says that the nodes of the names before {@code end} are read or being read. */
  void claim(int end) {
    claimed = end;
  }

  /** Says that those that were claimed are there, but for those with something to be told of. */
  void settle() {
    read = claimed;
  }

  /** Whether somebody is about to read the node of a name. */
  boolean isBeingRead(int index) {
    return index >= read && index < claimed;
  }

  /** The first name for which nobody has asked yet. */
  int passed() {
    return passed;
  }

  void put(int index, Ext4Node node) {
    nodes[index] = node;
  }

  /** A node that was read ahead; null when it was not, or was given away already. */
  @Nullable Ext4Node take(int index) {
    passed = Math.max(passed, index + 1);
    Ext4Node node = nodes[index];
    nodes[index] = null;
    return node;
  }
}
