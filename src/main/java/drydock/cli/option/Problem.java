package drydock.cli.option;

import drydock.report.Escape;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * What went wrong, as one line for a person: what, where, and what to do about it where that is
 * known.
 */
public final class Problem {
  private Problem() {}

  public static String of(IOException e) {
    return Escape.text(text(e));
  }

  private static String text(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile() + reason(missing);
    }
    if (e instanceof NotDirectoryException other) {
      return "not a directory: " + other.getFile() + reason(other);
    }
    if (e instanceof FileSystemLoopException loop) {
      return "too many symbolic links: " + loop.getFile();
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile() + " (only root may read some evidence)";
    }
    if (e instanceof FileSystemException other) {
      return other.getFile()
          + ": "
          + (other.getReason() == null ? "cannot be read" : other.getReason());
    }
    if (e instanceof FileNotFoundException) {
      return "no such file: " + e.getMessage();
    }
    if (e instanceof EOFException) {
      return e.getMessage() == null ? "the data ends too early" : e.getMessage();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? "" : " (" + e.getReason() + ")";
  }
}
