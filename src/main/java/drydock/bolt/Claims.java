package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
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
  private final TreeMap<Long, Claim> claims = new TreeMap<>();

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
      checkFree(page, page + 1);
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
    if (known != null && known.end < end) {
      checkFree(page + 1, end);
      claims.put(page, new Claim(end, known.referrer));
    }
  }

  private void checkFree(long from, long end) throws CorruptDataException {
    Map.Entry<Long, Claim> before = claims.lowerEntry(from);
    Map.Entry<Long, Claim> inside = claims.ceilingEntry(from);
    Long other = null;
    if (before != null && before.getValue().end > from) {
      other = before.getKey();
    } else if (inside != null && inside.getKey() < end) {
      other = inside.getKey();
    }
    if (other != null) {
      throw new CorruptDataException(
          file.child("page " + from),
          0,
          "pages that lie over each other",
          "page " + other + " has them too",
          null);
    }
  }
}
