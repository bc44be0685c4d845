package drydock.checkpoint.memory.search;

import java.util.List;

/**
 * Finds many patterns of fixed length in one pass. Immutable, safe from many threads.
 *
 * <p>Which of the ways is quicker depends on the patterns: long ones allow to jump, and of short
 * ones the rarest byte is looked for.
 */
interface LiteralScan {
  /** Takes a match; {@code pattern} is its number in the list. */
  @FunctionalInterface
  interface Sink {
    void found(int pattern, int start, int end);
  }

  /** Tells the matches that begin in {@code [from, to)}, in any order. */
  void scan(SearchText text, int from, int to, Sink sink);

  /** The way that promises to look at least. */
  static LiteralScan of(List<BytePattern> patterns) {
    ShiftScan jumping = new ShiftScan(patterns);
    ByteScan stepping = ByteScan.of(patterns);
    return stepping == null || stepping.picoseconds() > ShiftScan.STEP / (jumping.window() - 1)
        ? jumping
        : stepping;
  }
}
