package drydock.fs.ext4.journal;

import drydock.bytes.Origin;
import drydock.fs.Name;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A file system after its log was recovered and before its fast commits are, as the replay asks it.
 */
public interface RecoveredFiles {
  /** Where findings about it belong. */
  Origin origin();

  /** An inode as it lies on the disk, all its bytes. */
  byte[] inode(long number) throws IOException;

  /**
   * Where the blocks of a file lie whose inode is {@code inode}, in order; it is one with extents.
   */
  List<BlockRange> ranges(long number, byte[] inode) throws IOException;

  /** The inode behind a name of a directory on the disk. */
  OptionalLong entry(long directory, Name name) throws IOException;
}
