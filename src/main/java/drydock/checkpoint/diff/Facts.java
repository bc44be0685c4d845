package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Rendered;
import drydock.fs.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is known of a thing, by name; what is not known is not there. For one thread. */
final class Facts {
  private final Map<String, Rendered> facts = new LinkedHashMap<>();

  Facts put(String name, @Nullable Long number) {
    return put(name, number == null ? null : new Rendered.Whole(number));
  }

  Facts put(String name, @Nullable Name text) {
    return put(name, text == null ? null : new Rendered.Text(text.bytes()));
  }

  Facts put(String name, @Nullable String word) {
    return put(name, word == null ? null : new Rendered.Word(word));
  }

  Facts put(String name, boolean flag) {
    return put(name, new Rendered.Flag(flag));
  }

  Facts put(String name, @Nullable Rendered value) {
    if (value != null) {
      facts.put(name, value);
    }
    return this;
  }

  Facts numbers(String name, List<Long> numbers) {
    List<Rendered> items = new ArrayList<>();
    numbers.forEach(each -> items.add(new Rendered.Whole(each)));
    return put(name, new Rendered.Many(items));
  }

  Facts words(String name, List<String> words) {
    List<Rendered> items = new ArrayList<>();
    words.forEach(each -> items.add(new Rendered.Word(each)));
    return put(name, new Rendered.Many(items));
  }

  Facts texts(String name, List<byte[]> texts) {
    List<Rendered> items = new ArrayList<>();
    texts.forEach(each -> items.add(new Rendered.Text(each)));
    return put(name, new Rendered.Many(items));
  }

  Rendered.Fields fields() {
    return new Rendered.Fields(facts);
  }

  static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }
}
