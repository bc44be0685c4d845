package drydock.cli;

import drydock.timeline.EventSort;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Temporary files beside the result or, where that goes to standard output, where the system keeps
 * them. Each loses its name when it is opened, so that nothing is left however the run ends.
 *
 * @param result the file that is written; null for standard output
 */
record TemporaryFiles(@Nullable Path result) implements EventSort.Scratch {
  @Override
  public FileChannel open() throws IOException {
    Path file = create();
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private Path create() throws IOException {
    Path beside = result == null ? null : result.toAbsolutePath().getParent();
    return beside == null
        ? Files.createTempFile("drydock-", ".sort")
        : Files.createTempFile(beside, ".drydock-", ".sort");
  }
}
