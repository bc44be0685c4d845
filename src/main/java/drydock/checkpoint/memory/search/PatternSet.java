package drydock.checkpoint.memory.search;

import java.util.List;

/** What is looked for, all in one pass. */
public record PatternSet(List<BytePattern> literals, List<RegexPattern> expressions) {
  public PatternSet {
    literals = List.copyOf(literals);
    expressions = List.copyOf(expressions);
  }

  public boolean isEmpty() {
    return literals.isEmpty() && expressions.isEmpty();
  }

  /** How many bytes of what was there before must be seen again with what follows. */
  public int overlap() {
    int longest = literals.stream().mapToInt(BytePattern::length).max().orElse(1) - 1;
    return expressions.isEmpty() ? longest : Math.max(longest, RegexPattern.MAX_MATCH);
  }

  /** The name of a pattern by its number: literals first. */
  public String name(int number) {
    return number < literals.size()
        ? literals.get(number).name()
        : expressions.get(number - literals.size()).name();
  }

  /** How the text of a pattern was encoded, or {@code hex}. */
  public String encoding(int number) {
    return number < literals.size()
        ? literals.get(number).encoding()
        : expressions.get(number - literals.size()).encoding();
  }
}
