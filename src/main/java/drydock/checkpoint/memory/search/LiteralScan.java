package drydock.checkpoint.memory.search;

import java.util.Arrays;
import java.util.List;

/**
 * Finds many patterns of fixed length in one pass: looks at two bytes, which tell how far the next
 * possible match is away at least (S. Wu, U. Manber, A fast algorithm for multi-pattern searching,
 * 1994). Each pattern is looked for by that stretch of it that leaves the fewest choices.
 *
 * <p>Immutable, safe from many threads.
 */
final class LiteralScan {
  /** More choices at a place than this are a wildcard. */
  private static final int NARROW = 16;

  /** A byte holds no larger step. */
  private static final int MAX_STEP = 255;

  private static final int PAIRS = 1 << 16;

  private final BytePattern[] patterns;
  private final int[] anchors;
  private final int window;
  private final byte[] steps;
  private final int[] heads;
  private final int[] next;
  private final int[] owners;
  private final int longest;

  /** Takes a match; {@code pattern} is its number in the list. */
  @FunctionalInterface
  interface Sink {
    void found(int pattern, int start, int end);
  }

  LiteralScan(List<BytePattern> list) {
    patterns = list.toArray(BytePattern[]::new);
    anchors = new int[patterns.length];
    window = chooseWindow();
    longest = list.stream().mapToInt(BytePattern::length).max().orElse(0);
    steps = new byte[PAIRS];
    Arrays.fill(steps, (byte) Math.min(MAX_STEP, Math.max(1, window - 1)));
    heads = new int[PAIRS];
    Arrays.fill(heads, -1);
    int[] chain = new int[64];
    int[] chainOwners = new int[64];
    int used = 0;
    for (int p = 0; p < patterns.length; p++) {
      for (int place = 0; place + 1 < Math.max(2, window); place++) {
        boolean isLast = place + 2 >= window;
        int step = Math.max(0, window - 2 - place);
        for (int pair : pairs(patterns[p], anchors[p] + place)) {
          steps[pair] = (byte) Math.min(steps[pair] & 0xff, step);
          if (isLast) {
            if (used == chain.length) {
              chain = Arrays.copyOf(chain, used * 2);
              chainOwners = Arrays.copyOf(chainOwners, used * 2);
            }
            chain[used] = heads[pair];
            chainOwners[used] = p;
            heads[pair] = used++;
          }
        }
      }
    }
    next = chain;
    owners = chainOwners;
  }

  /** The length of the stretch that all patterns are looked for by, at least 2. */
  private int chooseWindow() {
    int shortest = MAX_STEP + 1;
    int[] lengths = new int[patterns.length];
    for (int p = 0; p < patterns.length; p++) {
      lengths[p] = anchor(p);
      shortest = Math.min(shortest, Math.max(2, lengths[p]));
    }
    return shortest;
  }

  /** Finds the longest narrow stretch of a pattern, and gives its length. */
  private int anchor(int p) {
    BytePattern pattern = patterns[p];
    int best = 0;
    int run = 0;
    for (int i = 0; i < pattern.length(); i++) {
      run = pattern.choices(i) <= NARROW ? run + 1 : 0;
      if (run > best) {
        best = run;
        anchors[p] = i + 1 - run;
      }
    }
    if (best == 1 && anchors[p] + 1 >= pattern.length() && anchors[p] > 0) {
      anchors[p]--;
    }
    return best;
  }

  /** All pairs of bytes that fit at a place; behind the end of a pattern everything fits. */
  private static int[] pairs(BytePattern pattern, int place) {
    int[] found = new int[16];
    int size = 0;
    for (int a = 0; a < 256; a++) {
      if (!pattern.allows(place, a)) {
        continue;
      }
      for (int b = 0; b < 256; b++) {
        if (place + 1 >= pattern.length() || pattern.allows(place + 1, b)) {
          if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
          }
          found[size++] = a << 8 | b;
        }
      }
    }
    return Arrays.copyOf(found, size);
  }

  int longest() {
    return longest;
  }

  /** Tells the matches that end behind {@code fresh}: those before it were told of before. */
  void scan(byte[] buffer, int fresh, int end, Sink sink) {
    int at = Math.max(1, fresh - longest + window - 1);
    while (at < end) {
      int pair = (buffer[at - 1] & 0xff) << 8 | (buffer[at] & 0xff);
      int step = steps[pair] & 0xff;
      if (step != 0) {
        at += step;
        continue;
      }
      verify(buffer, pair, at, fresh, end, sink);
      at++;
    }
    lastByte(buffer, fresh, end, sink);
  }

  private void verify(byte[] buffer, int pair, int at, int fresh, int end, Sink sink) {
    for (int link = heads[pair]; link >= 0; link = next[link]) {
      int p = owners[link];
      int start = at - (window - 1) - anchors[p];
      report(buffer, p, start, fresh, end, sink);
    }
  }

  /** A pattern of one byte is found by it and the byte behind it: at the end there is none. */
  private void lastByte(byte[] buffer, int fresh, int end, Sink sink) {
    for (int p = 0; p < patterns.length; p++) {
      if (patterns[p].length() == 1 && end > 0) {
        report(buffer, p, end - 1, fresh, end, sink);
      }
    }
  }

  private void report(byte[] buffer, int p, int start, int fresh, int end, Sink sink) {
    int stop = start + patterns[p].length();
    if (start >= 0 && stop > fresh && stop <= end && patterns[p].isAt(buffer, start)) {
      sink.found(p, start, stop);
    }
  }
}
