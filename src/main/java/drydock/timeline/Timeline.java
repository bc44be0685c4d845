package drydock.timeline;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.OrderedWork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of any number of sources in the order of their times. Files are walked on the thread that
 * asks; texts are made on several. For one thread.
 */
public final class Timeline implements Gathering {
  private static final OrderedWork.Size FILES = new OrderedWork.Size(128, Long.MAX_VALUE, 16);

  /** Makes the text of an event, on any thread. */
  @FunctionalInterface
  public interface EventText {
    String of(Event event) throws IOException;
  }

  private final EventFilter filter;
  private final EventText text;
  private final EventSort sort;
  private final int threads;
  private final FindingLog log;

  public Timeline(EventFilter filter, EventText text, EventSort sort, int threads, FindingLog log) {
    this.filter = filter;
    this.text = text;
    this.sort = sort;
    this.threads = threads;
    this.log = log;
  }

  @Override
  public void add(EventSource source) throws IOException {
    source.emit(
        event -> {
          if (filter.wants(event)) {
            sort.add(row(event, key(event)));
          }
        });
  }

  @Override
  public void add(View view, boolean deleted, BodyFileWriter.Progress progress) throws IOException {
    if (!filter.kinds().contains(EventKind.FILE)) {
      return;
    }
    TimedFiles files = new TimedFiles(log);
    FileEvents events = new FileEvents(view, filter);
    try (OrderedWork<TimedFile, List<SortedRow>> work =
        new OrderedWork<>(
            threads, FILES, (batch, running) -> rows(batch, files, events, deleted), this::take)) {
      TimedFiles.Visitor each =
          file -> {
            work.add(file, 0);
            progress.add(0, 1, file.path());
          };
      if (deleted) {
        files.livingAndHidden(view.tree(), each);
      } else {
        files.living(view.tree(), each);
      }
      work.drain();
      if (deleted) {
        files.nameless(view.tree(), file -> work.add(file, 0));
        work.drain();
      }
    }
  }

  /** Writes all that was added, once. */
  public void writeTo(OutputStream out) throws IOException {
    sort.writeTo(out);
  }

  private void take(List<SortedRow> rows) throws IOException {
    for (SortedRow row : rows) {
      sort.add(row);
    }
  }

  private List<SortedRow> rows(
      List<TimedFile> batch, TimedFiles files, FileEvents events, boolean deleted)
      throws IOException {
    List<SortedRow> rows = new ArrayList<>(4 * batch.size());
    for (TimedFile file : batch) {
      addRows(file, events, rows);
      if (deleted) {
        files.deletedNames(file, name -> addRows(name, events, rows));
      }
    }
    return rows;
  }

  private void addRows(TimedFile file, FileEvents events, List<SortedRow> rows) throws IOException {
    List<Event> made = new ArrayList<>(5);
    events.of(file, made::add);
    if (made.isEmpty()) {
      return;
    }
    byte[] origin = bytes(made.get(0).origin()); // all are of one file
    for (Event event : made) {
      rows.add(row(event, origin));
    }
  }

  private SortedRow row(Event event, byte[] origin) throws IOException {
    return SortedRow.of(event.time(), origin, text.of(event).getBytes(StandardCharsets.UTF_8));
  }

  /** Lines of a file are sorted by where they stand in it. */
  private static byte[] key(Event event) {
    byte[] origin = bytes(event.origin());
    LogLine line = event.line();
    return line == null
        ? origin
        : ByteBuffer.allocate(origin.length + 1 + Long.BYTES)
            .put(origin)
            .put((byte) 0)
            .putLong(line.offset())
            .array();
  }

  private static byte[] bytes(Origin origin) {
    return origin.toString().getBytes(StandardCharsets.UTF_8);
  }
}
