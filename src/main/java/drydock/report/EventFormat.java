package drydock.report;

import drydock.timeline.Event;
import drydock.timeline.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How events are written, one a row. One constant a format. */
public enum EventFormat {
  /** A JSON object a line, as Timesketch reads it. */
  JSONL(EventReport.REPORT),
  /** The same fields as comma-separated values (RFC 4180). */
  CSV(EventReport.REPORT),
  /** log2timeline's CSV of 17 fields. */
  L2TCSV(L2tReport.REPORT);

  private static final OutputFormat.Layout LAYOUT = new OutputFormat.Layout(true, true, false);

  private final Report<Event> report;

  EventFormat(Report<Event> report) {
    this.report = report;
  }

  /** What stands before all events; may be empty. */
  public String header() throws IOException {
    StringBuilder text = new StringBuilder();
    writer(text).begin(Report.headings(report.columns()));
    return text.toString();
  }

  /** Makes the texts of events, ends of lines included; safe from many threads. */
  public Timeline.EventText text() throws IOException {
    LineWriter writer = writer(new StringBuilder());
    List<Column<Event>> columns = report.columns();
    writer.begin(Report.headings(columns));
    return event -> {
      StringBuilder text = new StringBuilder();
      writer.text(Report.values(columns, event), text);
      return text.toString();
    };
  }

  private LineWriter writer(StringBuilder into) {
    BuilderWriter out = new BuilderWriter(into);
    return this == JSONL ? new JsonLinesWriter(out) : new CsvWriter(out, LAYOUT);
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
