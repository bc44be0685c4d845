package drydock.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import drydock.kubernetes.LogHead;
import drydock.kubernetes.LogPiece;
import drydock.kubernetes.LogSink;
import drydock.report.Rfc3339;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A log as its program wrote it, pieces put together. Line feeds that no program wrote are put only
 * before a damaged line, behind one whose end is lost, and between attempts.
 */
final class LogText implements LogSink {
  private final OutputStream out;
  private final boolean timestamps;
  private boolean atStart = true;
  private boolean broken;
  private int attempt = -1;

  LogText(OutputStream out, boolean timestamps) {
    this.out = out;
    this.timestamps = timestamps;
  }

  @Override
  public void begin(LogPiece piece) throws IOException {
    LogHead head = piece.head();
    boolean another = piece.file().attempt() != attempt;
    attempt = piece.file().attempt();
    if ((broken || another || head == null) && !atStart) {
      out.write('\n');
      atStart = true;
    }
    broken = false;
    if (timestamps && atStart && head != null) {
      out.write((fixed(head.time()) + " ").getBytes(US_ASCII));
      atStart = false;
    }
  }

  /** Nine digits of the second always, as kubectl has it, so that texts stand below each other. */
  private static String fixed(Instant time) {
    String second = Rfc3339.of(time.truncatedTo(ChronoUnit.SECONDS));
    return second.substring(0, second.length() - 1)
        + String.format(Locale.ROOT, ".%09dZ", time.getNano());
  }

  @Override
  public void text(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    atStart = false;
  }

  @Override
  public void end(LogPiece piece, boolean whole) throws IOException {
    LogHead head = piece.head();
    if (!whole) {
      broken = true;
    } else if (head == null || !head.partial()) {
      out.write('\n');
      atStart = true;
    }
  }
}
