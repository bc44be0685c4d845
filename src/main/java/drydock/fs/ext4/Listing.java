package drydock.fs.ext4;

import drydock.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * A sound directory's names, and the bytes of the inodes that they stand for as far as they were
 * read before anybody asked for them. Each is handed out once, so that they do not stay for as long
 * as the list does. Safe from many threads: one that is not seen yet is read again.
 */
final class Listing {
  private final long directory;
  private final DirentList names;
  private final byte[] @Nullable [] inodes;
  private volatile int claimed;
  private volatile int read;
  private volatile int passed;
  private volatile @Nullable Object reader;

  Listing(long directory, DirentList names) {
    this.directory = directory;
    this.names = names;
    this.inodes = new byte[names.size()][];
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

  /** The first name whose inode will not be read by whoever reads ahead now. */
  int claimed() {
    return claimed;
  }

  /** Says that the inodes of the names before {@code end} are read or being read. */
  void claim(int end) {
    claimed = end;
  }

  /** Says who reads those that are claimed. */
  void readBy(Object who) {
    reader = who;
  }

  /** Says that those that were claimed and come before {@code end} are there, or cannot be read. */
  void settle(int end) {
    read = end;
  }

  /** Whether nobody need be waited for: the name's inode was read, or will not be. */
  boolean isSettled(int index) {
    return index < read || index >= claimed;
  }

  /** Whether one who reads now is about to read the inode of a name. */
  boolean isBeingRead(int index, @Nullable Object now) {
    return now != null && reader == now && !isSettled(index);
  }

  /** The first name for which nobody has asked yet. */
  int passed() {
    return passed;
  }

  /** Keeps an inode as it lies in its table. */
  void put(int index, byte[] inode) {
    inodes[index] = inode;
  }

  /** An inode's bytes, which nobody else has; null when they were not read, or given away. */
  byte @Nullable [] take(int index) {
    passed = Math.max(passed, index + 1);
    byte[] inode = inodes[index];
    inodes[index] = null;
    return inode;
  }
}
