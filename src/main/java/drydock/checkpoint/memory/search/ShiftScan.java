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
final class ShiftScan implements LiteralScan {
  /** More choices at a place than this are a wildcard. */
  private static final int NARROW = 16;

  /** A byte holds no larger step. */
  private static final int MAX_STEP = 255;

  private static final int PAIRS = 1 << 16;

  /** What one step takes, in picoseconds: the table does not fit into the nearest cache. */
  static final int STEP = 6000;

  private final Literal[] patterns;
  private final int[] anchors;
  private final int nearest;
  private final int farthest;
  private final int window;
  private final byte[] steps;
  private final int[] heads;
  private final int[] next;
  private final int[] owners;

  ShiftScan(List<BytePattern> list) {
    patterns = Literal.all(list);
    anchors = new int[patterns.length];
    window = chooseWindow();
    nearest = Arrays.stream(anchors).min().orElse(0);
    farthest = Arrays.stream(anchors).max().orElse(0);
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
        for (int pair : pairs(list.get(p), anchors[p] + place)) {
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
    for (int p = 0; p < patterns.length; p++) {
      shortest = Math.min(shortest, Math.max(2, anchor(p)));
    }
    return shortest;
  }

  /** Finds the longest narrow stretch of a pattern, and gives its length. */
  private int anchor(int p) {
    BytePattern pattern = patterns[p].pattern();
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

  /** How much is looked at for each byte that is gone through, at best: the longer, the less. */
  int window() {
    return window;
  }

  @Override
  public void scan(SearchText text, int from, int to, Sink sink) {
    byte[] buffer = text.bytes();
    int last = Math.min(text.end(), to + window - 1 + farthest);
    int at = from + window - 1 + nearest;
    while (at < last) {
      int pair = (buffer[at - 1] & 0xff) << 8 | (buffer[at] & 0xff);
      int step = steps[pair] & 0xff;
      if (step != 0) {
        at += step;
        continue;
      }
      for (int link = heads[pair]; link >= 0; link = next[link]) {
        int p = owners[link];
        report(text, p, at - (window - 1) - anchors[p], from, to, sink);
      }
      at++;
    }
    lastByte(text, from, to, sink);
  }

  /** A pattern of one byte is found by it and the byte behind it: at the end there is none. */
  private void lastByte(SearchText text, int from, int to, Sink sink) {
    if (to < text.end()) {
      return;
    }
    for (int p = 0; p < patterns.length; p++) {
      if (patterns[p].length() == 1) {
        report(text, p, text.end() - 1, from, to, sink);
      }
    }
  }

  private void report(SearchText text, int p, int start, int from, int to, Sink sink) {
    if (start >= from && start < to && patterns[p].isAt(text, start)) {
      sink.found(p, start, start + patterns[p].length());
    }
  }
}
