package drydock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Each row as a JSON object on a line of its own. */
final class JsonLinesWriter implements LineWriter {
  private final Writer out;
  private volatile List<Column.Heading> headings = List.of();

  JsonLinesWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column.Heading> names) {
    headings = names;
  }

  @Override
  public void text(List<Cell> cells, StringBuilder into) throws IOException {
    new CompactJson(into).object(headings, cells);
    into.append('\n');
  }

  @Override
  public void rows(CharSequence text) throws IOException {
    out.append(text);
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
