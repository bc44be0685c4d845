package drydock.cli.option;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Where a run of the program writes, and its clock.
 *
 * @param out standard output, buffered
 * @param err standard error, for errors, findings and progress
 * @param interactive whether a person looks at {@code err} as it is written
 * @param nanos a clock that only differences mean anything of, in nanoseconds
 */
public record Console(
    StandardOutput out, PrintWriter err, boolean interactive, LongSupplier nanos) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** The process's own. */
  public static Console system() {
    PrintStream err = System.err;
    return new Console(
        new StandardOutput(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
        new PrintWriter(new java.io.OutputStreamWriter(err, StandardCharsets.UTF_8), true),
        errorsGoToTerminal(),
        System::nanoTime);
  }

  /** One that writes to these, for nobody to look at. */
  public static Console of(OutputStream out, Writer err) {
    return new Console(
        new StandardOutput(out, BUFFER_BYTES), new PrintWriter(err, true), false, () -> 0);
  }

  /** Java does not tell; Linux does. */
  private static boolean errorsGoToTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  /** Says one line on standard error, after what standard output got until now. */
  public void say(String line) throws IOException {
    out.flush();
    err.print(line + "\n");
    err.flush();
  }
}
