package drydock.checkpoint.memory.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which patterns are of one name, but of another order of the bytes of UTF-16. */
final class Partners {
  private static final int[] NONE = {};

  private Partners() {}

  static int[][] of(PatternSet patterns) {
    int count = patterns.literals().size() + patterns.expressions().size();
    Map<String, List<Integer>> byName = new HashMap<>();
    for (int p = 0; p < count; p++) {
      if (other(patterns.encoding(p)) != null) {
        byName.computeIfAbsent(patterns.name(p), key -> new ArrayList<>()).add(p);
      }
    }
    int[][] found = new int[count][];
    IntStream.range(0, count).forEach(p -> found[p] = of(patterns, p, byName));
    return found;
  }

  private static int[] of(PatternSet patterns, int p, Map<String, List<Integer>> byName) {
    String other = other(patterns.encoding(p));
    if (other == null) {
      return NONE;
    }
    return byName.getOrDefault(patterns.name(p), List.of()).stream()
        .filter(q -> patterns.encoding(q).equals(other))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static @Nullable String other(String encoding) {
    return switch (encoding) {
      case "UTF-16LE" -> "UTF-16BE";
      case "UTF-16BE" -> "UTF-16LE";
      default -> null;
    };
  }
}
