package drydock.checkpoint.memory.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All patterns made ready to be looked for in texts, whatever their order. Immutable, safe from
 * many threads.
 */
public final class PatternScan {
  private final PatternSet patterns;
  private final @Nullable LiteralScan literals;
  private final Literal[] ready;
  private final int[] gated;
  private final int[][] partners;
  private final List<Expression> expressions = new ArrayList<>();

  /**
   * An expression, in UTF-16 once for even addresses and once for odd ones.
   *
   * @param number in the set
   * @param isGated whether it can only fit where its {@link RegexGate} does
   */
  record Expression(int number, RegexPattern pattern, int shift, boolean isGated) {}

  public PatternScan(PatternSet patterns) {
    this.patterns = patterns;
    List<BytePattern> all = new ArrayList<>(patterns.literals());
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < patterns.expressions().size(); i++) {
      RegexPattern pattern = patterns.expressions().get(i);
      int number = patterns.literals().size() + i;
      BytePattern gate = RegexGate.of(pattern).orElse(null);
      if (gate != null) {
        all.add(gate);
        owners.add(number);
      }
      for (int shift = 0; shift < pattern.unit(); shift++) {
        expressions.add(new Expression(number, pattern, shift, gate != null));
      }
    }
    this.literals = all.isEmpty() ? null : LiteralScan.of(all);
    this.ready = Literal.all(patterns.literals());
    this.gated = owners.stream().mapToInt(Integer::intValue).toArray();
    this.partners = Partners.of(patterns);
  }

  public PatternSet patterns() {
    return patterns;
  }

  /** How many places a run goes on from: see {@link PatternRun#resume()}. */
  public int resumes() {
    return expressions.size();
  }

  /**
   * Begins to look for matches that begin in {@code [from, to)}.
   *
   * @param resume for each expression, where what it found before ends, or what is before that
   */
  public PatternRun run(SearchText text, int from, int to, int[] resume) {
    return new PatternRun(this, text, from, to, resume);
  }

  @Nullable LiteralScan literals() {
    return literals;
  }

  /** Numbers of the expressions whose gates are looked for behind the literals. */
  int[] gated() {
    return gated;
  }

  List<Expression> expressions() {
    return expressions;
  }

  Literal literal(int number) {
    return ready[number];
  }

  /** Patterns that are the same text in the other order of bytes. */
  int[] partners(int number) {
    return partners[number];
  }
}
