package drydock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Each row as a JSON object on a line of its own. */
final class JsonLinesWriter implements RowWriter {
  private final Writer out;
  private List<Column.Heading> headings = List.of();

  JsonLinesWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column.Heading> names) {
    headings = names;
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    new JsonText(out, true).object(headings, cells);
    out.write("\n");
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
