package drydock.bolt;

import drydock.bytes.LittleEndian;

/**
 * The element headers of a branch or leaf page, read where they lie: a flyweight of {@code
 * ksy/bolt_leaf_element.ksy} and {@code ksy/bolt_branch_element.ksy}, because a scan of a database
 * touches each of them. Nothing is checked here but by {@link Page}.
 */
record Elements(byte[] raw, boolean leaf) {
  static final int BYTES = 16;
  private static final long BUCKET = 1;

  /** Where the header of an element begins. */
  static int header(int index) {
    return PageHeader.BYTES + index * BYTES;
  }

  /** The end of the headers of so many elements. */
  static long tableEnd(int count) {
    return PageHeader.BYTES + (long) count * BYTES;
  }

  long keyStart(int header) {
    return header + LittleEndian.u32(raw, leaf ? header + 4 : header);
  }

  long keyBytes(int header) {
    return LittleEndian.u32(raw, leaf ? header + 8 : header + 4);
  }

  long valueBytes(int header) {
    return leaf ? LittleEndian.u32(raw, header + 12) : 0;
  }

  long end(int header) {
    return keyStart(header) + keyBytes(header) + valueBytes(header);
  }

  /** Of a branch: the child page. */
  long child(int header) {
    return LittleEndian.i64(raw, header + 8);
  }

  long flags(int header) {
    return LittleEndian.u32(raw, header);
  }

  boolean isBucket(int header) {
    return leaf && (flags(header) & BUCKET) != 0;
  }

  /**
   * How many elements there are. The data of the elements follow their headers and each other
   * without gaps, so the first element's position tells the count too; where the two disagree, the
   * one is taken that the second element bears out.
   */
  int count(int said) {
    if (said == 0 || raw.length < tableEnd(1)) {
      return said;
    }
    long told = keyStart(header(0)) - header(0);
    if (told % BYTES != 0 || told / BYTES == said || told < 2 * BYTES || told / BYTES > 0xffff) {
      return said;
    }
    boolean borneOut = raw.length >= tableEnd(2) && end(header(0)) == keyStart(header(1));
    return borneOut ? (int) (told / BYTES) : said;
  }

  /** The end of the last byte that an element of the page refers to. */
  long contentEnd(int count) {
    long end = tableEnd(count);
    for (int i = 0; i < count; i++) {
      end = Math.max(end, end(header(i)));
    }
    return end;
  }
}
