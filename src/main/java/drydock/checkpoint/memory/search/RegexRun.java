package drydock.checkpoint.memory.search;

import java.util.regex.Matcher;

/**
 * Finds one expression in a text, part by part. For one thread.
 *
 * <p>An expression may take time that grows without bounds with the text (backtracking). So looks
 * at characters are counted, and one that looks too often for a text is given up with an error.
 */
final class RegexRun {
  /** Looks at characters for each character of a text: sound expressions need a few. */
  private static final long LOOKS = 200;

  /** And for any text, however short. */
  private static final long FEWEST_LOOKS = 20_000_000;

  private final PatternScan.Expression expression;
  private final int unit;
  private final int first;
  private final Looks text;
  private final Matcher matcher;
  private int resume;
  private boolean isFound;
  private boolean isOver;

  /** Takes a match. */
  @FunctionalInterface
  interface Sink {
    void found(int start, int end);
  }

  /**
   * @param from where the first match may begin
   */
  RegexRun(PatternScan.Expression expression, SearchText text, int from) {
    this.expression = expression;
    this.unit = expression.pattern().unit();
    int parity = (int) ((expression.shift() + text.base() + text.begin()) & 1);
    this.first = text.begin() + (unit == 1 ? 0 : parity);
    this.text = new Looks(text, first, expression.pattern());
    this.matcher = expression.pattern().pattern().matcher(this.text);
    this.matcher.useTransparentBounds(true).useAnchoringBounds(false);
    this.resume = from;
  }

  /** That of the expression in its set. */
  int number() {
    return expression.number();
  }

  /** Where the next match may begin. */
  int resume() {
    return resume;
  }

  /**
   * Tells the matches that begin before a place.
   *
   * @param gate where one can begin at all, when the expression is gated
   * @throws RegexTooSlowException when the expression looks too often at the same bytes
   */
  void scan(int to, Places gate, Sink sink) throws RegexTooSlowException {
    try {
      if (expression.isGated()) {
        atGates(gate, sink);
      } else {
        anywhere(to, sink);
      }
    } catch (TooManyLooks | StackOverflowError e) {
      throw new RegexTooSlowException(expression.pattern().name());
    }
  }

  private void anywhere(int to, Sink sink) {
    while (!isOver) {
      if (!isFound) {
        int from = (Math.max(0, resume - first) + unit - 1) / unit;
        isOver = from >= text.length() || !matcher.find(from);
        isFound = !isOver;
      }
      if (isOver || first + matcher.start() * unit >= to) {
        return;
      }
      isFound = false;
      tell(sink);
    }
  }

  private void atGates(Places gate, Sink sink) {
    for (int i = 0; i < gate.size(); i++) {
      int place = gate.get(i) - first;
      if (place % unit == 0 && gate.get(i) >= resume) {
        matcher.region(place / unit, text.length());
        if (matcher.lookingAt()) {
          tell(sink);
        }
      }
    }
  }

  private void tell(Sink sink) {
    int start = first + matcher.start() * unit;
    int size = (matcher.end() - matcher.start()) * unit;
    if (size > 0) {
      sink.found(start, start + Math.min(size, RegexPattern.MAX_MATCH));
    }
    resume = start + Math.max(size, unit);
  }

  /** Bytes seen as characters; counts how often it is looked at. */
  private static final class Looks implements CharSequence {
    private final byte[] buffer;
    private final int first;
    private final int length;
    private final int unit;
    private final boolean bigEndian;
    private long left;

    Looks(SearchText text, int first, RegexPattern pattern) {
      this.buffer = text.bytes();
      this.first = first;
      this.unit = pattern.unit();
      this.length = Math.max(0, text.end() - first) / unit;
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
