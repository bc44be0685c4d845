package drydock.cli.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * Names that are spelt nearly like one that is not there (edit distance, two letters swapped being
 * one edit).
 */
public final class NearestNames {
  private static final int MAX_SHOWN = 5;
  private static final int MAX_LENGTH = 256;

  private record Distance(String name, int edits) {}

  private NearestNames() {}

  /**
   * The nearest first, at most {@value #MAX_SHOWN}. Near is what contains the text, or differs from
   * it in no more than a third of its letters.
   */
  public static List<String> to(String text, Collection<String> names) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Distance> near = new ArrayList<>();
    if (wanted.length() > MAX_LENGTH) {
      return List.of();
    }
    for (String name : new LinkedHashSet<>(names)) {
      String candidate = name.toLowerCase(Locale.ROOT);
      if (candidate.length() > MAX_LENGTH) {
        continue;
      }
      int limit = Math.max(2, wanted.length() / 3);
      boolean contains = wanted.length() >= 3 && candidate.contains(wanted);
      int edits = contains ? 1 : edits(wanted, candidate, limit);
      if (edits <= limit) {
        near.add(new Distance(name, edits));
      }
    }
    near.sort(Comparator.comparingInt(Distance::edits).thenComparing(Distance::name));
    return near.stream().limit(MAX_SHOWN).map(Distance::name).toList();
  }

  /**
   * How many letters have to be put in, taken out, changed or swapped; more than {@code limit} is
   * only that.
   */
  static int edits(String from, String to, int limit) {
    if (Math.abs(from.length() - to.length()) > limit) {
      return limit + 1;
    }
    int[] before = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= from.length(); i++) {
      int[] oldest = before;
      before = last;
      last = row;
      row = oldest;
      row[0] = i;
      int best = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && isSwap(from, i, to, j)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        best = Math.min(best, row[j]);
      }
      if (best > limit) {
        return limit + 1;
      }
    }
    return row[to.length()];
  }

  private static boolean isSwap(String from, int i, String to, int j) {
    return from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
