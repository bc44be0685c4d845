package drydock.checkpoint.memory.search;

import java.util.ArrayList;
import java.util.List;

/** One text that is gone through from the front to the back, part by part. For one thread. */
public final class PatternRun {
  private static final int PART = 1 << 16;

  private final PatternScan scan;
  private final SearchText text;
  private final int to;
  private final List<RegexRun> expressions = new ArrayList<>();
  private final Places[] gates;
  private int at;

  PatternRun(PatternScan scan, SearchText text, int from, int to, int[] resume) {
    this.scan = scan;
    this.text = text;
    this.at = from;
    this.to = to;
    for (PatternScan.Expression expression : scan.expressions()) {
      int begin = Math.max(from, resume[expressions.size()]);
      expressions.add(new RegexRun(expression, text, begin));
    }
    gates = new Places[scan.gated().length];
    for (int i = 0; i < gates.length; i++) {
      gates[i] = new Places();
    }
  }

  public SearchText text() {
    return text;
  }

  public boolean hasMore() {
    return at < to;
  }

  /**
   * Adds the matches of the next part; they are in order when the list was empty or of this run.
   *
   * @throws RegexTooSlowException when an expression looks too often at the same bytes
   */
  public void next(Matches matches) throws RegexTooSlowException {
    int first = matches.size();
    int end = Math.min(to, at + PART);
    if (scan.literals() != null) {
      for (Places gate : gates) {
        gate.clear();
      }
      int known = scan.patterns().literals().size();
      scan.literals()
          .scan(
              text,
              at,
              end,
              (p, start, stop) -> {
                if (p < known) {
                  matches.add(p, start, stop);
                } else {
                  gates[p - known].add(start);
                }
              });
    }
    for (RegexRun run : expressions) {
      run.scan(end, gate(run.number()), (start, stop) -> matches.add(run.number(), start, stop));
    }
    at = end;
    matches.sort(first);
    dropShifted(matches, first);
  }

  private Places gate(int number) {
    int[] gated = scan.gated();
    for (int i = 0; i < gated.length; i++) {
      if (gated[i] == number) {
        return gates[i];
      }
    }
    return Places.NONE;
  }

  /**
   * Text in UTF-16 of one byte order is often text of the other, too, when it is read one byte
   * beside: then that counts which begins at an even address, as such texts do.
   */
  private void dropShifted(Matches matches, int first) {
    for (int i = first; i < matches.size(); i++) {
      if (scan.partners(matches.pattern(i)).length > 0) {
        matches.retain(first, each -> !isShifted(matches, first, each));
        return;
      }
    }
  }

  private boolean isShifted(Matches matches, int first, int index) {
    int pattern = matches.pattern(index);
    if ((text.base() + matches.start(index)) % 2 == 0) {
      return false;
    }
    int beside = scan.patterns().encoding(pattern).equals("UTF-16BE") ? 1 : -1;
    int start = matches.start(index) + beside;
    int end = matches.end(index) + beside;
    for (int other : scan.partners(pattern)) {
      boolean isThere =
          other < scan.patterns().literals().size()
              ? scan.literal(other).length() == end - start && scan.literal(other).isAt(text, start)
              : matches.has(first, other, start, end);
      if (isThere) {
        return true;
      }
    }
    return false;
  }

  /** For each expression, where what it found ends; at least where this run ends. */
  public int[] resume() {
    return expressions.stream().mapToInt(run -> Math.max(to, run.resume())).toArray();
  }
}
