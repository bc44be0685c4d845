package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.fs.Name;
import drydock.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * An open file: what one or several descriptors stand for, of one or several processes.
 *
 * @param id CRIU's number of it
 * @param path of a file, in its mount namespace; of what has none the name that /proc shows, as
 *     {@code pipe:[4711]}
 * @param flags as open(2) takes them, by the numbers of the architecture
 * @param position null for what has none
 * @param size when it was dumped; null where it is not known
 * @param mode type and permissions; null where they are not known
 * @param mount the number of its mount; null where it is not known
 * @param inode of a socket or memfd, of a pipe the number that both ends share, of a terminal that
 *     by which its other images call it; null of others
 * @param buildId of an executable or library what its linker called it, as hexadecimal digits in
 *     whole words of four bytes; null where CRIU did not keep it
 * @param remap what became of its name; null when it still had it
 * @param details all that the image says of it
 */
public record OpenFile(
    long id,
    FileKind kind,
    @Nullable Name path,
    long flags,
    @Nullable Long position,
    @Nullable Long size,
    @Nullable Long mode,
    @Nullable Long mount,
    @Nullable Long inode,
    @Nullable String buildId,
    @Nullable Remap remap,
    Rendered.Fields details,
    Origin origin) {

  /** What became of a file's name: CRIU's images/remap-file-path.proto. */
  public enum RemapKind {
    /** It has no name any more, but another one of its inode was left, or was made. */
    LINKED,
    /** It was deleted: its content is in an image. */
    GHOST,
    /** It was of a process in /proc that had ended. */
    PROCESS
  }

  /**
   * Where a file without its name is to be found.
   *
   * @param target the number of the ghost, of the other open file, or of the process
   */
  public record Remap(RemapKind kind, long target) {
    // Written out: what the compiler makes of a record is put together anew in each run.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Remap remap && kind == remap.kind && target == remap.target;
    }

    @Override
    public int hashCode() {
      return 31 * kind.ordinal() + Long.hashCode(target);
    }
  }

  /**
   * What it is, in one word: its kind, but of what has a path what lies there, as far as the mode
   * says it: CRIU keeps directories and devices as it keeps regular files.
   */
  public String type() {
    NodeType type = mode == null ? NodeType.FILE : NodeType.ofMode(mode.intValue());
    boolean isPlain = type == NodeType.FILE || type == NodeType.UNKNOWN;
    return kind != FileKind.REGULAR || isPlain ? kind.label() : type.label();
  }

  /** Whether its path leads to it no more. */
  public boolean isDeleted() {
    return remap != null;
  }

  /** The number of the ghost that has its content; null when there is none. */
  public @Nullable Long ghost() {
    return remap != null && remap.kind() == RemapKind.GHOST ? remap.target() : null;
  }
}
