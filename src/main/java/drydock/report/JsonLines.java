package drydock.report;

import drydock.bytes.ByteText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Records of one kind as JSON, each on a line of its own, for who writes the text himself. */
public final class JsonLines<T> {
  private final List<Column<T>> columns;
  private final JsonLinesWriter writer = new JsonLinesWriter(Writer.nullWriter());

  public JsonLines(List<Column<T>> columns) throws IOException {
    this.columns = columns;
    writer.begin(Report.headings(columns));
  }

  /** Appends the line of a record, its end included. Safe from many threads. */
  public void append(T record, ByteText into) throws IOException {
    writer.text(Report.values(columns, record), into);
  }
}
