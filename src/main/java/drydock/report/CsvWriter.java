package drydock.report;

import drydock.fs.NameText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as comma-separated values (RFC 4180): lines end with CR LF, a field with a comma, a quote or
 * a line break stands in quotes. What is unknown is empty; lists and maps are JSON. Control
 * characters stay as they are.
 */
final class CsvWriter implements LineWriter {
  private final Writer out;
  private final boolean header;

  CsvWriter(Writer out, OutputFormat.Layout layout) {
    this.out = out;
    this.header = layout.header();
  }

  @Override
  public void begin(List<Column.Heading> headings) throws IOException {
    if (header) {
      StringBuilder line = new StringBuilder();
      line(headings.stream().map(Column.Heading::name).toList(), line);
      rows(line);
    }
  }

  @Override
  public void text(List<Cell> cells, StringBuilder into) throws IOException {
    String[] fields = new String[cells.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = field(cells.get(i).value());
    }
    line(List.of(fields), into);
  }

  @Override
  public void rows(CharSequence text) throws IOException {
    out.append(text);
  }

  private static String field(@Nullable Value value) throws IOException {
    if (value == null) {
      return "";
    }
    if (value instanceof Value.Text text) {
      return text.raw();
    }
    if (value instanceof Value.Id id) {
      return id.raw();
    }
    if (value instanceof Value.Bytes bytes) {
      return bytes.recorded();
    }
    if (value instanceof Value.Data data) {
      return NameText.of(data.raw());
    }
    if (value instanceof Value.Whole
        || value instanceof Value.Count
        || value instanceof Value.Time) {
      return value.text();
    }
    return JsonText.compact(value);
  }

  private static void line(List<String> fields, StringBuilder into) {
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      into.append(i == 0 ? "" : ",");
      if (needsQuotes(field)) {
        into.append('"').append(field.replace("\"", "\"\"")).append('"');
      } else {
        into.append(field);
      }
    }
    into.append("\r\n");
  }

  private static boolean needsQuotes(String field) {
    return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
