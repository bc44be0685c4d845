package drydock.timeline;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts texts by time, then by the bytes of their origin, then by their own: an order in which it
 * does not matter how they came.
 *
 * <p>Keeps about {@value #KEPT_BYTES} bytes in memory, however many there are; what is more goes,
 * sorted, to temporary files, of which at most {@value #MERGED} of a size lie there before they are
 * made one. For one thread.
 */
public final class EventSort implements Closeable {
  static final int KEPT_BYTES = 32 << 20;
  static final int MERGED = 32;

  /** Gives temporary files: empty, to be written and read, gone when they are closed. */
  @FunctionalInterface
  public interface Scratch {
    FileChannel open() throws IOException;
  }

  /** Takes rows in their order. */
  @FunctionalInterface
  private interface Taker {
    void take(SortedRow row) throws IOException;
  }

  private final Scratch scratch;
  private final long keptBytes;

  /** Runs of about the same size each: as they were spilled, then merged ones, and so on. */
  private final List<List<SortedRun>> levels = new ArrayList<>();

  private List<SortedRow> kept = new ArrayList<>();
  private long bytes;

  /** What some rows were lost by: then there is no result, whoever goes on after it. */
  private @Nullable IOException failure;

  public EventSort(Scratch scratch) {
    this(scratch, KEPT_BYTES);
  }

  EventSort(Scratch scratch, long keptBytes) {
    this.scratch = scratch;
    this.keptBytes = keptBytes;
  }

  /** One more; {@code text} begins with as many bytes of the origin. */
  void add(SortedRow row) throws IOException {
    kept.add(row);
    bytes += row.weight();
    if (bytes >= keptBytes) {
      spill();
    }
  }

  /** One more. */
  public void add(Instant time, byte[] origin, byte[] text) throws IOException {
    add(SortedRow.of(time, origin, text));
  }

  /** Writes all texts in their order, once. */
  public void writeTo(OutputStream out) throws IOException {
    if (failure != null) {
      throw failure;
    }
    kept.sort(SortedRow.ORDER);
    List<SortedRun> runs = new ArrayList<>();
    levels.forEach(runs::addAll);
    merge(runs, kept, row -> row.writeText(out));
  }

  private void spill() throws IOException {
    kept.sort(SortedRow.ORDER);
    List<SortedRow> rows = kept;
    kept = new ArrayList<>();
    bytes = 0;
    add(0, written(List.of(), rows));
  }

  private void add(int level, SortedRun run) throws IOException {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<SortedRun> runs = levels.get(level);
    runs.add(run);
    if (runs.size() == MERGED) {
      SortedRun merged = written(runs, List.of());
      for (SortedRun each : runs) {
        each.close();
      }
      runs.clear();
      add(level + 1, merged);
    }
  }

  private SortedRun written(List<SortedRun> runs, List<SortedRow> rows) throws IOException {
    FileChannel file = null;
    try {
      file = scratch.open();
      SortedRun run = new SortedRun(file);
      merge(runs, rows, run::write);
      run.rewind();
      return run;
    } catch (IOException e) {
      if (file != null) {
        file.close();
      }
      String what = "events cannot be sorted in a temporary file: " + e.getMessage();
      failure = new IOException(what, e);
      throw failure;
    }
  }

  /** Of several lists that are sorted, the first of all at a time. */
  private static void merge(List<SortedRun> runs, List<SortedRow> rows, Taker taker)
      throws IOException {
    PriorityQueue<SortedRun.Head> heads = new PriorityQueue<>();
    for (SortedRun run : runs) {
      SortedRun.Head.of(run).ifPresent(heads::add);
    }
    int next = 0;
    while (!heads.isEmpty()) {
      SortedRun.Head head = heads.remove();
      while (next < rows.size() && SortedRow.ORDER.compare(rows.get(next), head.row()) <= 0) {
        taker.take(rows.get(next++));
      }
      taker.take(head.row());
      SortedRun.Head.of(head.run()).ifPresent(heads::add);
    }
    while (next < rows.size()) {
      taker.take(rows.get(next++));
    }
  }

  /** Removes the temporary files. */
  @Override
  public void close() throws IOException {
    for (List<SortedRun> level : levels) {
      for (SortedRun run : level) {
        run.close();
      }
    }
    levels.clear();
  }
}
