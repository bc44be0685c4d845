package drydock.cli;

import drydock.finding.FindingLog;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFilter;
import drydock.kubernetes.LogPiece;
import drydock.kubernetes.LogReader;
import drydock.kubernetes.LogSink;
import java.io.IOException;
import java.util.List;

/** The lines of some attempts that are asked for. */
record LogRun(ContainerLogs logs, List<Integer> attempts, LogFilter.Wanted wanted, FindingLog log) {
  /** How many there are, which takes as long as to read them. */
  long count() throws IOException {
    return read(0, new Nothing());
  }

  /** Reads them, without so many of the first; gives how many there are with those. */
  long read(long skipped, LogSink sink) throws IOException {
    LogFilter filter = new LogFilter(wanted, skipped, sink);
    LogReader reader = new LogReader(log);
    for (int attempt : attempts) {
      reader.read(logs.of(attempt), filter);
    }
    return filter.lines();
  }

  private static final class Nothing implements LogSink {
    @Override
    public void begin(LogPiece piece) {}

    @Override
    public void text(byte[] bytes, int from, int length) {}

    @Override
    public void end(LogPiece piece, boolean whole) {}
  }
}
