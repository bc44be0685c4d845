package drydock.report;

import drydock.bytes.ByteText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Each row as a JSON object on a line of its own. */
final class JsonLinesWriter implements LineWriter {
  private static final int ROW_BYTES = 1 << 10;

  private final Writer out;
  private volatile CompactJson.@Nullable Names names;

  JsonLinesWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column.Heading> headings) throws IOException {
    names = new CompactJson.Names(headings);
  }

  @Override
  public void text(List<Cell> cells, StringBuilder into) throws IOException {
    ByteText row = new ByteText(ROW_BYTES);
    new CompactJson(row).object(Objects.requireNonNull(names), cells);
    into.append(row.put('\n').toString());
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
