package drydock.checkpoint.memory.search;

import java.util.regex.Matcher;

/**
 * Finds one expression in chunks that follow one another. For one thread.
 *
 * <p>An expression may take time that grows without bounds with the text (backtracking). So looks
 * at characters are counted, and one that looks too often for a chunk is given up with an error.
 */
final class RegexScan {
  /** Looks at characters for each character of a chunk: sound expressions need a few. */
  private static final long LOOKS = 200;

  /** And for any chunk, however short. */
  private static final long FEWEST_LOOKS = 20_000_000;

  private final RegexPattern pattern;
  private final int shift;
  private int resume;

  /** Takes a match. */
  @FunctionalInterface
  interface Sink {
    void found(int start, int end);
  }

  /**
   * @param shift of a pattern of two-byte characters: whether they begin at even or odd addresses
   */
  RegexScan(RegexPattern pattern, int shift) {
    this.pattern = pattern;
    this.shift = shift;
  }

  /** Begins anew: what comes next does not follow what was there. */
  void reset() {
    resume = 0;
  }

  /**
   * Tells the matches that begin before the last {@link RegexPattern#MAX_MATCH} bytes, or all.
   *
   * @param base the address of the buffer's first byte
   * @param last whether nothing follows
   * @throws RegexTooSlowException when the expression looks too often at the same bytes
   */
  void scan(byte[] buffer, int end, long base, boolean last, Sink sink)
      throws RegexTooSlowException {
    int unit = pattern.unit();
    int first = unit == 1 ? 0 : (int) ((shift + base) & 1);
    int limit = last ? end : end - RegexPattern.MAX_MATCH;
    Looks text = new Looks(buffer, first, (end - first) / unit, pattern);
    Matcher matcher = pattern.pattern().matcher(text);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    try {
      int from = Math.max(0, resume - first + unit - 1) / unit;
      while (from < text.length() && matcher.find(from)) {
        int start = first + matcher.start() * unit;
        if (start >= limit) {
          break;
        }
        int size = (matcher.end() - matcher.start()) * unit;
        if (size > 0) {
          sink.found(start, start + Math.min(size, RegexPattern.MAX_MATCH));
        }
        from = Math.max(matcher.end(), matcher.start() + 1);
        resume = Math.max(resume, first + from * unit);
      }
    } catch (TooManyLooks | StackOverflowError e) {
      throw new RegexTooSlowException(pattern.name());
    }
    resume = Math.max(resume, limit);
  }

  /** The buffer's front was cut off: what was at {@code bytes} is at its beginning now. */
  void slide(int bytes) {
    resume = Math.max(0, resume - bytes);
  }

  /** Bytes seen as characters; counts how often it is looked at. */
  private static final class Looks implements CharSequence {
    private final byte[] buffer;
    private final int first;
    private final int length;
    private final int unit;
    private final boolean bigEndian;
    private long left;

    Looks(byte[] buffer, int first, int length, RegexPattern pattern) {
      this.buffer = buffer;
      this.first = first;
      this.length = Math.max(0, length);
      this.unit = pattern.unit();
      this.bigEndian = pattern.bigEndian();
      this.left = Math.max(FEWEST_LOOKS, LOOKS * length);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooManyLooks();
      }
      if (unit == 1) {
        return (char) (buffer[first + index] & 0xff);
      }
      int at = first + index * 2;
      int a = buffer[at] & 0xff;
      int b = buffer[at + 1] & 0xff;
      return (char) (bigEndian ? a << 8 | b : b << 8 | a);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      StringBuilder text = new StringBuilder(end - start);
      for (int i = start; i < end; i++) {
        text.append(charAt(i));
      }
      return text;
    }

    @Override
    public String toString() {
      return subSequence(0, length).toString();
    }
  }

  /** Leaves the matcher. */
  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super(null, null, false, false);
    }
  }
}
