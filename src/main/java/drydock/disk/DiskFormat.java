package drydock.disk;

import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Recognises and opens one kind of evidence file. Order in the list of formats is meaning: raw is
 * asked last.
 */
public interface DiskFormat {
  String name();

  /** Whether the file looks like this format; reads its first bytes at most. */
  boolean recognises(Path file) throws IOException;

  /**
   * Opens it for reading only.
   *
   * @throws drydock.bytes.CorruptDataException when the container is too damaged to read anything
   * @throws drydock.bytes.UnsupportedFormatException when it is encrypted or needs what we cannot
   *     read
   */
  OpenDisk open(Path file, FindingLog log) throws IOException;
}
