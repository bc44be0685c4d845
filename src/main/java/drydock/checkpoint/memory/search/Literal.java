package drydock.checkpoint.memory.search;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern made ready for being compared often. Immutable. */
final class Literal {
  private final BytePattern pattern;

  /** The only bytes that fit; null when several do. */
  private final byte @Nullable [] exact;

  private Literal(BytePattern pattern) {
    this.pattern = pattern;
    this.exact = pattern.exact();
  }

  static Literal[] all(List<BytePattern> patterns) {
    return patterns.stream().map(Literal::new).toArray(Literal[]::new);
  }

  BytePattern pattern() {
    return pattern;
  }

  int length() {
    return pattern.length();
  }

  /** Whether it is at a place, all of it in what is known. */
  boolean isAt(SearchText text, int at) {
    int stop = at + length();
    if (at < text.begin() || stop > text.end()) {
      return false;
    }
    return exact == null
        ? pattern.isAt(text.bytes(), at)
        : Arrays.equals(text.bytes(), at, stop, exact, 0, exact.length);
  }
}
