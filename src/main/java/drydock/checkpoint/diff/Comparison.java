package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Rendered;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells the differences of things of one kind. */
record Comparison(DifferenceKind kind, Difference.Sink sink) {
  /** Of all that the one or the other has, in the order of what they are known by. */
  <K> void tell(SortedMap<K, Item> before, SortedMap<K, Item> after) throws IOException {
    TreeSet<K> keys = new TreeSet<>(before.comparator());
    keys.addAll(before.keySet());
    keys.addAll(after.keySet());
    for (K key : keys) {
      tell(before.get(key), after.get(key));
    }
  }

  void tell(@Nullable Item before, @Nullable Item after) throws IOException {
    if (before != null && after != null) {
      changed(before, after);
    } else if (before != null) {
      sink.take(
          new Difference(
              kind,
              ChangeKind.REMOVED,
              before.pid(),
              before.what(),
              before.facts(),
              null,
              before.origin()));
    } else if (after != null) {
      sink.take(
          new Difference(
              kind,
              ChangeKind.ADDED,
              after.pid(),
              after.what(),
              null,
              after.facts(),
              after.origin()));
    }
  }

  private void changed(Item before, Item after) throws IOException {
    Map<String, Rendered> was = differing(before.facts(), after.facts());
    Map<String, Rendered> is = differing(after.facts(), before.facts());
    if (!was.isEmpty() || !is.isEmpty()) {
      sink.take(
          new Difference(
              kind,
              ChangeKind.CHANGED,
              after.pid(),
              after.what(),
              new Rendered.Fields(was),
              new Rendered.Fields(is),
              after.origin()));
    }
  }

  /** What of the one the other has not, or otherwise. */
  private static Map<String, Rendered> differing(Rendered.Fields one, Rendered.Fields other) {
    Map<String, Rendered> differing = new LinkedHashMap<>();
    one.fields()
        .forEach(
            (name, value) -> {
              if (!isSame(value, other.fields().get(name))) {
                differing.put(name, value);
              }
            });
    return differing;
  }

  static boolean isSame(@Nullable Rendered one, @Nullable Rendered other) {
    if (one instanceof Rendered.Text a && other instanceof Rendered.Text b) {
      return Arrays.equals(a.bytes(), b.bytes());
    }
    if (one instanceof Rendered.Blob a && other instanceof Rendered.Blob b) {
      return Arrays.equals(a.bytes(), b.bytes());
    }
    if (one instanceof Rendered.Many a && other instanceof Rendered.Many b) {
      return isSame(a.items(), b.items());
    }
    if (one instanceof Rendered.Fields a && other instanceof Rendered.Fields b) {
      return differing(a, b).isEmpty() && differing(b, a).isEmpty();
    }
    return one != null && one.equals(other);
  }

  private static boolean isSame(List<Rendered> one, List<Rendered> other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = isSame(one.get(i), other.get(i));
    }
    return same;
  }
}
