package drydock.kubernetes;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.tar.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the first and the last line of a log were written; null where no line tells. Of a file that
 * is not compressed only both ends are read.
 */
public record LogSpan(@Nullable Instant first, @Nullable Instant last) {
  private static final int BUFFER_BYTES = 64 << 10;

  /** A line is in pieces of 16 KiB, unless the engine was told otherwise. */
  private static final int END_BYTES = 4 << 20;

  /** Of the files of one attempt. */
  public static LogSpan of(List<LogFile> files, FindingLog log) throws IOException {
    Instant first = null;
    for (int i = 0; i < files.size() && first == null; i++) {
      first = times(files.get(i), true, log).first();
    }
    Instant last = null;
    for (int i = files.size() - 1; i >= 0 && last == null; i--) {
      last = times(files.get(i), false, log).last();
    }
    return new LogSpan(first, last);
  }

  private static LogSpan times(LogFile file, boolean firstOnly, FindingLog log) throws IOException {
    Times times = new Times();
    try {
      ByteSource content = file.node().content();
      long skipped = content.size() - END_BYTES;
      if (!firstOnly && skipped > 0 && Compression.of(content) == Compression.NONE) {
        content = content.slice("end", skipped, END_BYTES);
      }
      try (InputStream in = Compression.open(content)) {
        times.read(in, firstOnly);
      }
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    }
    return new LogSpan(times.first, times.last);
  }

  private static final class Times implements LogLines.Each {
    private @Nullable Instant first;
    private @Nullable Instant last;

    private void read(InputStream in, boolean firstOnly) throws IOException {
      LogLines lines = new LogLines(this);
      byte[] buffer = new byte[BUFFER_BYTES];
      int count;
      while ((count = in.read(buffer, 0, buffer.length)) >= 0) {
        lines.feed(buffer, count);
        if (firstOnly && first != null) {
          return;
        }
      }
    }

    @Override
    public void begin(long offset, Optional<LogHead> head) {
      if (head.isPresent()) {
        last = head.get().time();
        first = first == null ? last : first;
      }
    }

    @Override
    public void text(byte[] bytes, int from, int length) {}

    @Override
    public void end(boolean whole) {}
  }
}
