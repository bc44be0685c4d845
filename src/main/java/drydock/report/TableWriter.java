package drydock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as aligned columns, numbers to the right.
 *
 * <p>Widths are those of the first {@value #MEASURED_ROWS} rows; later ones are written as they
 * come, so that a listing of any length needs no more memory. A column is made at most {@value
 * #MAX_WIDTH} wide; a longer text is never cut but pushes the rest of its own row to the right.
 */
final class TableWriter implements RowWriter {
  private static final int MEASURED_ROWS = 1000;
  private static final int MAX_WIDTH = 100;
  private static final String GAP = "  ";

  private record Row(String[] texts, boolean[] numbers) {}

  private final Writer out;
  private final OutputFormat.Layout layout;
  private final List<Row> held = new ArrayList<>();
  private List<Column.Heading> headings = List.of();
  private int[] widths = new int[0];
  private boolean[] right = new boolean[0];
  private boolean measured;

  TableWriter(Writer out, OutputFormat.Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  @Override
  public void begin(List<Column.Heading> names) {
    headings = names;
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    Row row = new Row(new String[cells.size()], new boolean[cells.size()]);
    for (int i = 0; i < cells.size(); i++) {
      row.texts[i] = cells.get(i).text(layout.wide());
      row.numbers[i] = cells.get(i).isNumber();
    }
    if (measured) {
      line(row.texts);
      return;
    }
    held.add(row);
    if (held.size() >= MEASURED_ROWS) {
      writeHeld();
    }
  }

  @Override
  public void end() throws IOException {
    if (!measured) {
      writeHeld();
    }
    out.flush();
  }

  private void writeHeld() throws IOException {
    measured = true;
    int columns = headings.size();
    widths = new int[columns];
    right = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      measure(i);
    }
    if (layout.header()) {
      line(headings.stream().map(Column.Heading::header).toArray(String[]::new));
    }
    for (Row row : held) {
      line(row.texts);
    }
    held.clear();
  }

  private void measure(int column) {
    int widest = layout.header() ? headings.get(column).header().length() : 0;
    boolean number = false;
    boolean other = false;
    for (Row row : held) {
      int width = TextWidth.of(row.texts[column]);
      if (width <= MAX_WIDTH) {
        widest = Math.max(widest, width);
      }
      number |= row.numbers[column];
      other |= !row.numbers[column] && !row.texts[column].equals("-");
    }
    widths[column] = widest;
    right[column] = number && !other;
  }

  private void line(String[] texts) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      String space = " ".repeat(Math.max(0, widths[i] - TextWidth.of(texts[i])));
      line.append(i == 0 ? "" : GAP);
      line.append(right[i] ? space : "").append(texts[i]).append(right[i] ? "" : space);
    }
    out.write(line.toString().stripTrailing());
    out.write("\n");
  }
}
