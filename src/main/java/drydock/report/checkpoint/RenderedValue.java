package drydock.report.checkpoint;

import drydock.checkpoint.criu.Rendered;
import drydock.fs.Name;
import drydock.report.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of messages as values of records. Bytes that are no text are base64, as crit shows them.
 */
public final class RenderedValue {
  private RenderedValue() {}

  public static Value of(Rendered rendered) {
    if (rendered instanceof Rendered.Text text) {
      return new Value.Bytes(text.bytes());
    } else if (rendered instanceof Rendered.Word word) {
      return new Value.Text(word.text());
    } else if (rendered instanceof Rendered.Whole whole) {
      return new Value.Whole(whole.number());
    } else if (rendered instanceof Rendered.Count count) {
      return new Value.Count(count.bits());
    } else if (rendered instanceof Rendered.Flag flag) {
      return new Value.Flag(flag.set());
    } else if (rendered instanceof Rendered.Blob blob) {
      return new Value.Text(Base64.getEncoder().encodeToString(blob.bytes()));
    } else if (rendered instanceof Rendered.Many many) {
      List<@Nullable Value> values = new ArrayList<>();
      many.items().forEach(each -> values.add(of(each)));
      return new Value.Many(values);
    }
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    ((Rendered.Fields) rendered).fields().forEach((name, each) -> values.put(name, of(each)));
    return new Value.Pairs(values);
  }

  static @Nullable Value text(@Nullable Name name) {
    return name == null ? null : new Value.Bytes(name.bytes());
  }

  static Value pairs(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), (Value) namesAndValues[i + 1]);
    }
    return new Value.Pairs(values);
  }

  static Value many(List<? extends @Nullable Value> values) {
    return new Value.Many(new ArrayList<>(values));
  }
}
