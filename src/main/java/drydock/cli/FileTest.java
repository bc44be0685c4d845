package drydock.cli;

import drydock.report.FileRow;
import java.io.IOException;

/** Whether a file is one that is looked for. */
@FunctionalInterface
interface FileTest {
  boolean fits(FileRow file) throws IOException;

  default FileTest and(FileTest other) {
    return file -> fits(file) && other.fits(file);
  }
}
