package drydock.disk;

import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a path on the examiner's machine is, told without opening it: to open a pipe would wait for
 * ever.
 */
enum EvidenceFile {
  REGULAR,
  BLOCK_DEVICE,
  DIRECTORY,
  OTHER;

  private static final int FORMAT_MASK = 0xf000;
  private static final int BLOCK_FORMAT = 0x6000;

  /**
   * Follows symlinks.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  static EvidenceFile of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isRegularFile()) {
      return REGULAR;
    }
    if (attributes.isDirectory()) {
      return DIRECTORY;
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      return (mode & FORMAT_MASK) == BLOCK_FORMAT ? BLOCK_DEVICE : OTHER;
    }
    return OTHER;
  }

  /** The kind of a path that must be able to hold a disk. */
  static EvidenceFile disk(Path path) throws IOException {
    EvidenceFile kind = of(path);
    if (kind == REGULAR || kind == BLOCK_DEVICE) {
      return kind;
    }
    String what = kind == DIRECTORY ? "a directory" : "a pipe, socket or character device";
    throw new UnsupportedFormatException(
        origin(path), "is " + what + ", expected a disk in a file or a block device");
  }

  /** The origin of an evidence file: its name without the directories of the examiner's machine. */
  static Origin origin(Path path) {
    Path name = path.getFileName();
    return Origin.of(name == null ? path.toString() : name.toString());
  }
}
