package drydock.report;

import drydock.bytes.ByteText;
import java.io.IOException;
import java.util.List;

/** Records of one kind as JSON, each on a line of its own, for who writes the text himself. */
public final class JsonLines<T> {
  private final List<Column<T>> columns;
  private final CompactJson.Names names;

  public JsonLines(List<Column<T>> columns) throws IOException {
    this.columns = columns;
    this.names = new CompactJson.Names(Report.headings(columns));
  }

  /**
   * Appends the line of a record, its end included. Safe from many threads. When it throws, part of
   * a line may have been appended.
   */
  public void append(T record, ByteText into) throws IOException {
    new CompactJson(into).object(names, columns, record);
    into.put('\n');
  }
}
