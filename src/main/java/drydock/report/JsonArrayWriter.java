package drydock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Rows as the objects of one JSON array; a single thing without the array. */
final class JsonArrayWriter implements RowWriter {
  private final Writer out;
  private final JsonText json;
  private final boolean single;
  private List<Column.Heading> headings = List.of();

  JsonArrayWriter(Writer out, OutputFormat.Layout layout) {
    this.out = out;
    this.json = new JsonText(out, false);
    this.single = layout.single();
  }

  @Override
  public void begin(List<Column.Heading> names) throws IOException {
    headings = names;
    if (!single) {
      json.beginArray();
    }
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    json.object(headings, cells);
  }

  @Override
  public void end() throws IOException {
    if (!single) {
      json.endArray();
    }
    out.write("\n");
    out.flush();
  }
}
