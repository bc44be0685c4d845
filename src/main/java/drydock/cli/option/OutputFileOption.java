package drydock.cli.option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the result goes. */
public class OutputFileOption {
  @Option(
      names = "--output-file",
      paramLabel = "FILE",
      description =
          "Write to FILE instead of standard output, in place of what it had; never to the evidence.")
  @Nullable Path outputFile;

  /** As if it had been given. */
  public static OutputFileOption to(Path file) {
    OutputFileOption option = new OutputFileOption();
    option.outputFile = file;
    return option;
  }

  /** Works with the stream that the result is to be written to. */
  @FunctionalInterface
  public interface Use {
    void of(OutputStream out) throws IOException;
  }

  /** Gives the stream, flushed afterwards and closed if it is a file. */
  public final void use(Console console, Use use) throws IOException {
    if (outputFile == null) {
      use.of(console.out());
      console.out().flush();
      return;
    }
    try (OutputStream out = Files.newOutputStream(outputFile)) {
      OutputStream buffered = new java.io.BufferedOutputStream(out, 1 << 16);
      use.of(buffered);
      buffered.flush();
    }
  }

  public final @Nullable Path file() {
    return outputFile;
  }
}
