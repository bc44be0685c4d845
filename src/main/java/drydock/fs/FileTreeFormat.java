package drydock.fs;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.IOException;

/** Recognises a file system in the bytes of a partition and opens it. */
public interface FileTreeFormat {
  /** The file system's name, as {@link FileSystemInfo#type()} gives it. */
  String name();

  /** Whether the bytes look like it. Reads little; damage means no. */
  boolean recognises(ByteSource partition) throws IOException;

  /**
   * Whether something else in the bytes tells that they are it, though {@link #recognises} says no:
   * a copy of what is lost. Asked where no format recognises anything, for it may read much.
   */
  default boolean recognisesRemains(ByteSource partition) throws IOException {
    return false;
  }

  /**
   * Opens it.
   *
   * @throws drydock.bytes.CorruptDataException when it cannot be read at all
   * @throws drydock.bytes.UnsupportedFormatException when it needs a feature that we cannot read
   */
  FileTree open(ByteSource partition, OpenOptions options, FindingLog log) throws IOException;

  /** Whether what is recognised is a file system, and not only something that belongs to one. */
  default boolean holdsFiles(ByteSource partition) throws IOException {
    return true;
  }
}
