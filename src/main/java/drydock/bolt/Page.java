package drydock.bolt;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.util.Arrays;

/**
 * A branch or leaf page whose elements were checked: those that are not sound became findings and
 * are left out. Immutable; the array is shared and never written.
 */
final class Page {
  private final long id;
  private final Origin origin;
  private final Elements elements;

  /** Where the headers of the sound elements lie. */
  private final int[] headers;

  private final boolean ordered;

  private Page(long id, Origin origin, Elements elements, int[] headers, boolean ordered) {
    this.id = id;
    this.origin = origin;
    this.elements = elements;
    this.headers = headers;
    this.ordered = ordered;
  }

  /**
   * Checks the elements of a page; {@code id} is that of the page which holds it, if it is inline.
   */
  static Page decode(long id, Origin origin, Elements elements, int said, FindingLog log) {
    int fitting = (int) Math.min(said, (elements.raw().length - PageHeader.BYTES) / Elements.BYTES);
    int count = elements.count(fitting);
    if (count != said) {
      log.add(
          Finding.damage(
              origin,
              10,
              "the number of elements is wrong",
              String.valueOf(said),
              String.valueOf(count)));
      count = (int) Math.min(count, (elements.raw().length - PageHeader.BYTES) / Elements.BYTES);
    }
    int[] sound = new int[count];
    int kept = 0;
    long from = Elements.tableEnd(count);
    for (int i = 0; i < count; i++) {
      int header = Elements.header(i);
      if (isSound(elements, i, count, from)) {
        from = elements.end(header);
        sound[kept++] = header;
        checkFlags(elements, header, i, origin, log);
      } else {
        reportUnsound(elements, header, i, origin, log);
      }
    }
    int[] headers = kept == count ? sound : Arrays.copyOf(sound, kept);
    int disorder = firstDisorder(elements, headers);
    if (disorder > 0) {
      log.add(Finding.damage(origin, headers[disorder], "the keys of the page are out of order"));
    }
    return new Page(id, origin, elements, headers, disorder == 0);
  }

  private static boolean isSound(Elements elements, int index, int count, long from) {
    int header = Elements.header(index);
    long start = elements.keyStart(header);
    long limit = elements.raw().length;
    if (index + 1 < count) {
      long next = elements.keyStart(Elements.header(index + 1));
      if (next >= start) {
        limit = Math.min(limit, next);
      }
    }
    return start >= from
        && elements.end(header) <= limit
        && (elements.keyBytes(header) > 0 || !elements.leaf());
  }

  private static void checkFlags(
      Elements elements, int header, int index, Origin origin, FindingLog log) {
    if (elements.leaf() && (elements.flags(header) & ~1) != 0) {
      log.add(
          Finding.damage(
              origin,
              header,
              "element " + index + " has unknown flags",
              "0x" + Long.toHexString(elements.flags(header)),
              "0 or 1"));
    }
  }

  private static void reportUnsound(
      Elements elements, int header, int index, Origin origin, FindingLog log) {
    log.add(
        Finding.damage(
            origin,
            header,
            "element " + index + " is left out: it does not fit its page",
            "key of "
                + elements.keyBytes(header)
                + " and value of "
                + elements.valueBytes(header)
                + " bytes at "
                + elements.keyStart(header),
            "inside " + elements.raw().length + " bytes, after the element before it, with a key"));
  }

  /** The first element whose key is not above the one before; 0 if there is none. */
  private static int firstDisorder(Elements elements, int[] headers) {
    for (int i = 1; i < headers.length; i++) {
      if (compare(elements, headers[i - 1], elements, headers[i]) >= 0) {
        return i;
      }
    }
    return 0;
  }

  private static int compare(Elements a, int first, Elements b, int second) {
    int from = (int) a.keyStart(first);
    int other = (int) b.keyStart(second);
    return Arrays.compareUnsigned(
        a.raw(),
        from,
        from + (int) a.keyBytes(first),
        b.raw(),
        other,
        other + (int) b.keyBytes(second));
  }

  long id() {
    return id;
  }

  Origin origin() {
    return origin;
  }

  boolean isLeaf() {
    return elements.leaf();
  }

  int count() {
    return headers.length;
  }

  /** The bytes that the page keeps in memory. */
  long memory() {
    return elements.raw().length + (long) headers.length * Integer.BYTES;
  }

  byte[] key(int index) {
    int start = (int) elements.keyStart(headers[index]);
    return Arrays.copyOfRange(elements.raw(), start, start + keyBytes(index));
  }

  int keyBytes(int index) {
    return (int) elements.keyBytes(headers[index]);
  }

  byte[] value(int index) {
    int start = (int) elements.keyStart(headers[index]) + keyBytes(index);
    return Arrays.copyOfRange(elements.raw(), start, start + valueBytes(index));
  }

  int valueBytes(int index) {
    return (int) elements.valueBytes(headers[index]);
  }

  boolean isBucket(int index) {
    return elements.isBucket(headers[index]);
  }

  long child(int index) {
    return elements.child(headers[index]);
  }

  /** Where the header of an element lies in the page. */
  int position(int index) {
    return headers[index];
  }

  /** The key at {@code index} against another. */
  int compareKey(int index, byte[] key) {
    int start = (int) elements.keyStart(headers[index]);
    return Arrays.compareUnsigned(
        elements.raw(), start, start + keyBytes(index), key, 0, key.length);
  }

  /** The key at {@code index} against one of another page. */
  int compareKey(int index, Page other, int otherIndex) {
    return compare(elements, headers[index], other.elements, other.headers[otherIndex]);
  }

  /** The first element whose key is {@code key} or above; {@link #count()} if all are below. */
  int ceiling(byte[] key) {
    if (!ordered) {
      return ceilingOfUnordered(key);
    }
    int low = 0;
    int high = headers.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareKey(middle, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int ceilingOfUnordered(byte[] key) {
    int above = headers.length;
    for (int i = headers.length - 1; i >= 0; i--) {
      int order = compareKey(i, key);
      if (order == 0) {
        return i;
      }
      if (order > 0) {
        above = i;
      }
    }
    return above;
  }

  /** Of a branch: the element under which {@code key} would be. */
  int childFor(byte[] key) {
    int at = ceiling(key);
    if (at < headers.length && compareKey(at, key) == 0) {
      return at;
    }
    return Math.max(0, at - 1);
  }
}
