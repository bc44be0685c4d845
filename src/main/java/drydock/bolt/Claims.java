package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which pages were reached, and from where. In a sound database each page is reached from one place
 * only, so a second one means damage; refusing it is what keeps loops and pages that lie over each
 * other from costing more than the file's size.
 */
final class Claims {
  private static final int INDEX_BITS = 16;

  private final Origin file;
  private final Map<Long, Claim> claims = new HashMap<>();

  /** The end of each claimed page that goes on in others. */
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** The pages up to {@code end} belong to what {@code referrer} refers to. */
  private record Claim(long end, long referrer) {}

  Claims(Origin file) {
    this.file = file;
  }

  /** Names a place that refers to a page: an element of a page. */
  static long referrer(long page, int element) {
    return page << INDEX_BITS | element;
  }

  /** Says that {@code referrer} refers to a page. */
  void claim(long page, long referrer) throws CorruptDataException {
    Claim known = claims.get(page);
    if (known == null) {
      Map.Entry<Long, Long> before = ends.lowerEntry(page);
      if (before != null && before.getValue() > page) {
        throw overlap(page, before.getKey());
      }
      claims.put(page, new Claim(page + 1, referrer));
    } else if (known.referrer != referrer) {
      throw new CorruptDataException(
          file.child("page " + page),
          0,
          "a page that is referred to twice; shown once",
          "references in page "
              + (known.referrer >>> INDEX_BITS)
              + " and page "
              + (referrer >>> INDEX_BITS),
          "one");
    }
  }

  /** Says that a page that was claimed goes on to {@code end}. */
  void extend(long page, long end) throws CorruptDataException {
    Claim known = claims.get(page);
    if (known == null || known.end >= end) {
      return;
    }
    long inside = firstIn(known.end, end);
    if (inside < end) {
      throw overlap(page + 1, inside);
    }
    claims.put(page, new Claim(end, known.referrer));
    ends.put(page, end);
  }

  /** The first claimed page of a range, which may be far longer than the file; its end if none. */
  private long firstIn(long from, long end) {
    if (end - from < claims.size()) {
      long at = from;
      while (at < end && !claims.containsKey(at)) {
        at++;
      }
      return at;
    }
    long first = end;
    for (long page : claims.keySet()) {
      if (page >= from && page < first) {
        first = page;
      }
    }
    return first;
  }

  private CorruptDataException overlap(long page, long other) {
    return new CorruptDataException(
        file.child("page " + page),
        0,
        "pages that lie over each other",
        "page " + other + " has them too",
        null);
  }
}
