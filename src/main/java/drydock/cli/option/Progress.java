package drydock.cli.option;

import drydock.report.Escape;
import java.util.Locale;

/**
 * A line on standard error that tells how far a long piece of work is: only when a person looks on,
 * only when it lasts longer than a second. Gone when the work is done. Safe from many threads.
 */
public final class Progress implements AutoCloseable {
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long NEXT_NANOS = 200_000_000L;
  private static final int MAX_PATH = 40;
  private static final double MEBI = 1 << 20;

  private final Console console;
  private final boolean shown;
  private final String what;
  private final long total;
  private final long start;
  private long next;
  private long bytes;
  private long files;
  private boolean written;

  /** Work of {@code total} bytes, or of -1 when nobody knows. */
  public Progress(Console console, CommonOption common, String what, long total) {
    this.console = console;
    this.shown = console.interactive() && !common.quiet();
    this.what = what;
    this.total = total;
    this.start = console.nanos().getAsLong();
    this.next = start + FIRST_NANOS;
  }

  /** So much more is done, by whichever thread; the last argument's text tells where. */
  public void add(long moreBytes, long moreFiles, Object at) {
    if (shown) {
      show(moreBytes, moreFiles, at);
    }
  }

  private synchronized void show(long moreBytes, long moreFiles, Object at) {
    bytes += moreBytes;
    files += moreFiles;
    long now = console.nanos().getAsLong();
    if (now - next < 0) {
      return;
    }
    next = now + NEXT_NANOS;
    written = true;
    console.err().print("\r\u001b[K" + line(now - start, at.toString()));
    console.err().flush();
  }

  String line(long nanos, String at) {
    double seconds = nanos / 1e9;
    double rate = bytes / seconds;
    StringBuilder line = new StringBuilder(what).append(": ");
    if (files > 0) {
      line.append(files).append(" files, ");
    }
    line.append(String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI));
    if (total > 0) {
      line.append(String.format(Locale.ROOT, " of %.1f MiB", total / MEBI));
    }
    line.append(String.format(Locale.ROOT, ", %.1f MiB/s", rate / MEBI));
    if (total > 0 && rate > 0) {
      line.append(String.format(Locale.ROOT, ", %.0f s left", (total - bytes) / rate));
    }
    String path = Escape.text(at);
    int cut = Math.max(0, path.length() - MAX_PATH);
    return line.append(path.isEmpty() ? "" : "  " + path.substring(cut)).toString();
  }

  @Override
  public synchronized void close() {
    if (written) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }
}
