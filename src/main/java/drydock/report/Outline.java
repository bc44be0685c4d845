package drydock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing with all that belongs to it, for people: a name and a value a line, what lies deeper
 * indented. A list of things that have no depth themselves is a table.
 */
final class Outline {
  private static final int STEP = 2;

  /** A list of texts that is no longer stands on one line. */
  private static final int MAX_FLAT = 80;

  private final Writer out;

  Outline(Writer out) {
    this.out = out;
  }

  void write(Map<String, @Nullable Value> values) throws IOException {
    pairs(values, 0);
    out.flush();
  }

  private void pairs(Map<String, @Nullable Value> values, int indent) throws IOException {
    int width = 0;
    for (Map.Entry<String, @Nullable Value> each : values.entrySet()) {
      if (isFlat(each.getValue())) {
        width = Math.max(width, TextWidth.of(Escape.text(each.getKey())));
      }
    }
    for (Map.Entry<String, @Nullable Value> each : values.entrySet()) {
      String name = Escape.text(each.getKey());
      Value value = each.getValue();
      if (value == null || isFlat(value)) {
        int pad = Math.max(0, width - TextWidth.of(name));
        line(indent, name + ": " + " ".repeat(pad) + flat(value));
      } else {
        line(indent, name + ":");
        deep(value, indent + STEP);
      }
    }
  }

  private void deep(Value value, int indent) throws IOException {
    if (value instanceof Value.Pairs pairs) {
      pairs(pairs.values(), indent);
    } else if (value instanceof Value.Many many) {
      if (!table(many.values(), indent)) {
        for (Value each : many.values()) {
          item(each, indent);
        }
      }
    } else if (value instanceof Value.Document document) {
      line(indent, document.text());
    }
  }

  private void item(@Nullable Value value, int indent) throws IOException {
    if (value == null || isFlat(value)) {
      line(indent, flat(value));
    } else {
      line(indent, "-");
      deep(value, indent + STEP);
    }
  }

  /** Writes flat records of a list as a table; false when they are not flat. */
  private boolean table(List<@Nullable Value> values, int indent) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (Value value : values) {
      if (!(value instanceof Value.Pairs pairs)
          || !pairs.values().values().stream().allMatch(Outline::isFlat)) {
        return false;
      }
      names.addAll(pairs.values().keySet());
    }
    TableWriter table =
        new TableWriter(new Indented(out, indent), new OutputFormat.Layout(true, false, false));
    table.begin(
        names.stream()
            .map(
                n ->
                    new Column.Heading(n, Escape.text(n.toUpperCase(java.util.Locale.ROOT)), false))
            .toList());
    for (Value value : values) {
      Map<String, @Nullable Value> pairs = ((Value.Pairs) value).values();
      table.row(names.stream().map(n -> new Cell(pairs.get(n), null)).toList());
    }
    table.end();
    return true;
  }

  private static boolean isFlat(@Nullable Value value) {
    if (value instanceof Value.Many many) {
      boolean texts = many.values().stream().allMatch(each -> each instanceof Value.Text);
      return texts && TextWidth.of(many.text()) <= MAX_FLAT;
    }
    if (value instanceof Value.Pairs pairs) {
      return pairs.values().isEmpty();
    }
    return !(value instanceof Value.Document);
  }

  private static String flat(@Nullable Value value) {
    if (value instanceof Value.Many || value instanceof Value.Pairs) {
      return value.text().isEmpty() ? "-" : value.text();
    }
    return new Cell(value, null).text(true);
  }

  private void line(int indent, String text) throws IOException {
    out.write(" ".repeat(indent));
    out.write(text);
    out.write("\n");
  }
}
