package drydock.cli.option;

import drydock.fs.OrderedWork;
import drydock.report.Cell;
import drydock.report.Column;
import drydock.report.LineWriter;
import drydock.report.Report;
import drydock.report.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what records are made of. They are made, and what their columns show is read, on several
 * threads; they are written in the order in which they were fed. For one thread.
 */
public final class RowFeed<I> implements AutoCloseable {
  /** Many small files may wait for a large one before them, and must not take much room. */
  private static final OrderedWork.Size BATCHES = new OrderedWork.Size(64, 1 << 20, 128);

  /** Makes a record of an item, on any thread; null when it is none to be shown. */
  @FunctionalInterface
  public interface Making<I, T> {
    @Nullable T of(I item, OrderedWork.Running running) throws IOException;
  }

  /** Makes any number of records of an item, on any thread. */
  @FunctionalInterface
  public interface MakingMany<I, T> {
    List<T> of(I item, OrderedWork.Running running) throws IOException;
  }

  private final OrderedWork<I, ?> work;

  private RowFeed(OrderedWork<I, ?> work) {
    this.work = work;
  }

  static <I, T> RowFeed<I> of(
      int threads, List<Column<T>> columns, MakingMany<I, T> making, RowWriter writer) {
    if (writer instanceof LineWriter lines) {
      return new RowFeed<>(lines(threads, columns, making, lines));
    }
    OrderedWork.Step<I, List<List<Cell>>> step =
        (batch, running) -> {
          List<List<Cell>> rows = new ArrayList<>(batch.size());
          for (I item : batch) {
            for (T made : making.of(item, running)) {
              rows.add(Report.cells(columns, made));
            }
          }
          return rows;
        };
    OrderedWork.Sink<List<List<Cell>>> sink =
        rows -> {
          for (List<Cell> row : rows) {
            writer.row(row);
          }
        };
    return new RowFeed<>(new OrderedWork<>(threads, BATCHES, step, sink));
  }

  /** The same where the text of a row can be made on any thread, too. */
  private static <I, T> OrderedWork<I, ?> lines(
      int threads, List<Column<T>> columns, MakingMany<I, T> making, LineWriter writer) {
    OrderedWork.Step<I, StringBuilder> step =
        (batch, running) -> {
          StringBuilder text = new StringBuilder();
          for (I item : batch) {
            for (T made : making.of(item, running)) {
              writer.text(Report.values(columns, made), text);
            }
          }
          return text;
        };
    return new OrderedWork<>(threads, BATCHES, step, writer::rows);
  }

  /** One more, with the bytes of content that are to be read for it. */
  public void add(I item, long bytes) throws IOException {
    work.add(item, bytes);
  }

  /** Waits until all that was added is written. */
  public void drain() throws IOException {
    work.drain();
  }

  @Override
  public void close() {
    work.close();
  }
}
