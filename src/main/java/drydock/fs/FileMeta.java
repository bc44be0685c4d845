package drydock.fs;

import org.jspecify.annotations.Nullable;

/**
 * What {@code stat} tells of a node.
 *
 * @param permissions the lower twelve bits of {@code st_mode}, set-id and sticky bits among them
 * @param uid unsigned 32 bits; as stored, or in a merged view as its mount showed it
 * @param gid likewise
 * @param size in bytes: of a file its length, of a symlink its target's, of a directory what the
 *     file system says
 * @param device the number of a device node; null for every other type
 */
public record FileMeta(
    long inode,
    NodeType type,
    int permissions,
    long uid,
    long gid,
    long size,
    long links,
    @Nullable Device device,
    FileTimes times) {

  public boolean isDirectory() {
    return type == NodeType.DIRECTORY;
  }

  public boolean isFile() {
    return type == NodeType.FILE;
  }

  public boolean isSymlink() {
    return type == NodeType.SYMLINK;
  }
}
