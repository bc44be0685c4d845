package drydock.checkpoint.memory.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for all patterns in a stretch of bytes that comes in chunks, each behind the last bytes of
 * the one before. For one thread.
 */
public final class PatternScan {
  private final PatternSet patterns;
  private final @Nullable LiteralScan literals;
  private final List<RegexScan> scans = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final List<Match> found = new ArrayList<>();

  /** A match in the buffer; {@code pattern} is its number in the set. */
  public record Match(int pattern, int start, int end) {}

  public PatternScan(PatternSet patterns) {
    this.patterns = patterns;
    this.literals = patterns.literals().isEmpty() ? null : new LiteralScan(patterns.literals());
    for (int i = 0; i < patterns.expressions().size(); i++) {
      RegexPattern pattern = patterns.expressions().get(i);
      for (int shift = 0; shift < pattern.unit(); shift++) {
        scans.add(new RegexScan(pattern, shift));
        numbers.add(patterns.literals().size() + i);
      }
    }
  }

  /** Begins a new stretch. */
  public void reset() {
    scans.forEach(RegexScan::reset);
  }

  /**
   * The matches that were not told before, by where they begin.
   *
   * @param fresh where the new bytes begin; what is before was there the last time, too
   * @param base the address of the buffer's first byte
   * @param last whether the stretch ends with the buffer
   */
  public List<Match> scan(byte[] buffer, int fresh, int end, long base, boolean last)
      throws RegexTooSlowException {
    found.clear();
    if (literals != null) {
      literals.scan(buffer, fresh, end, (p, start, stop) -> found.add(new Match(p, start, stop)));
    }
    for (int i = 0; i < scans.size(); i++) {
      int number = numbers.get(i);
      scans
          .get(i)
          .scan(
              buffer, end, base, last, (start, stop) -> found.add(new Match(number, start, stop)));
    }
    found.sort(
        Comparator.comparingInt(Match::start)
            .thenComparingInt(Match::pattern)
            .thenComparingInt(Match::end));
    dropShifted(base);
    return found;
  }

  /**
   * Text in UTF-16 of one byte order is often text of the other, too, when it is read one byte
   * beside: then that counts which begins at an even address, as such texts do.
   */
  private void dropShifted(long base) {
    for (int i = 0; i + 1 < found.size(); i++) {
      Match first = found.get(i);
      for (int k = i + 1; k < found.size() && found.get(k).start() <= first.start() + 1; k++) {
        if (isShifted(first, found.get(k))) {
          boolean isEven = (base + first.start()) % 2 == 0;
          found.remove(isEven ? k : i);
          i -= isEven ? 0 : 1;
          break;
        }
      }
    }
  }

  private boolean isShifted(Match big, Match little) {
    return little.start() == big.start() + 1
        && little.end() == big.end() + 1
        && patterns.encoding(big.pattern()).equals("UTF-16BE")
        && patterns.encoding(little.pattern()).equals("UTF-16LE")
        && patterns.name(big.pattern()).equals(patterns.name(little.pattern()));
  }

  /** The front of the buffer was cut off. */
  public void slide(int bytes) {
    scans.forEach(scan -> scan.slide(bytes));
  }

  public PatternSet patterns() {
    return patterns;
  }
}
