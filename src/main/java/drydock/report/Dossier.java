package drydock.report;

import drydock.report.Value.Pairs;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one thing, in an order that means something; grows while it is collected.
 */
public final class Dossier {
  private final Map<String, @Nullable Value> values = new LinkedHashMap<>();

  public Dossier add(String name, @Nullable Value value) {
    values.put(name, value);
    return this;
  }

  /** All columns of a record, but those it leaves out. */
  public static <T> Dossier of(Report<T> report, T record) throws IOException {
    Dossier dossier = new Dossier();
    for (Column<T> column : report.columns()) {
      Value value = column.value().of(record);
      if (value != null || !column.optional()) {
        dossier.add(column.name(), value);
      }
    }
    return dossier;
  }

  /** Adds everything that is in another one. */
  public void addAll(Dossier other) {
    values.putAll(other.values);
  }

  /**
   * Those of the values that have these names, in their order; names without a value are left out.
   */
  public Dossier only(List<String> names) {
    Dossier chosen = new Dossier();
    for (String name : names) {
      if (has(name)) {
        chosen.add(name, values.get(name));
      }
    }
    return chosen;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** As a value inside of another thing. */
  public Pairs value() {
    return new Pairs(values);
  }

  /** Writes it in a format: indented lines for people, one JSON object, or one row. */
  public void write(OutputFormat format, OutputFormat.Layout layout, Writer out)
      throws IOException {
    if (format == OutputFormat.TABLE) {
      new Outline(out).write(values);
      return;
    }
    RowWriter rows =
        format.writer(out, new OutputFormat.Layout(layout.header(), layout.wide(), true));
    rows.begin(
        values.keySet().stream().map(name -> new Column.Heading(name, name, false)).toList());
    List<Cell> cells = values.values().stream().map(value -> new Cell(value, null)).toList();
    rows.row(cells);
    rows.end();
  }
}
