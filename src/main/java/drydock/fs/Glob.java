package drydock.fs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern for names and paths. Immutable.
 *
 * <p>{@code *} stands for any characters but {@code /}, {@code ?} for one of them, {@code [a-z]}
 * and {@code [!a-z]} for one of a set, {@code **} for any characters at all, {@code \} takes the
 * next one as it is and {@code \xNN} is a byte. Between two slashes {@code **} stands for no
 * directory as well: {@code /etc/**}{@code /passwd} finds {@code /etc/passwd}. A leading dot is
 * nothing special. A character is one of UTF-8, or a byte that is part of none.
 *
 * <p>Takes time in proportion to pattern times text, whatever they are.
 */
public final class Glob {
  private enum Kind {
    ONE,
    /** Any number of characters, no slash among them. */
    STAR,
    /** Any number of characters. */
    DEEP,
    /** Nothing, or characters up to and with a slash. */
    DIRECTORIES
  }

  private record Token(Kind kind, IntPredicate accepts) {}

  private static final IntPredicate NOT_SLASH = c -> c != '/';

  private final List<Token> tokens;

  private Glob(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** A pattern for single names. */
  public static Glob ofName(String pattern) {
    return new Glob(parse(Characters.of(pattern)));
  }

  /** A pattern for whole paths; one that does not begin at the root may begin in any directory. */
  public static Glob ofPath(String pattern) {
    return new Glob(parse(Characters.of(pattern.startsWith("/") ? pattern : "/**/" + pattern)));
  }

  public boolean matches(Name name) {
    return matches(name.bytes());
  }

  public boolean matches(TreePath path) {
    return matches(path.bytes());
  }

  private boolean matches(byte[] text) {
    int end = tokens.size();
    BitSet states = new BitSet(end + 1);
    enter(0, states);
    for (int c : Characters.of(text)) {
      BitSet next = new BitSet(end + 1);
      for (int at = states.nextSetBit(0); at >= 0 && at < end; at = states.nextSetBit(at + 1)) {
        step(at, c, next);
      }
      states = next;
    }
    return states.get(end);
  }

  /** Adds a state and those that are reached from it without a character. */
  private void enter(int state, BitSet states) {
    int at = state;
    states.set(at);
    while (at < tokens.size()
        && (tokens.get(at).kind == Kind.STAR || tokens.get(at).kind == Kind.DEEP)) {
      states.set(++at);
    }
    if (at < tokens.size() && tokens.get(at).kind == Kind.DIRECTORIES) {
      enter(at + 1, states);
    }
  }

  private void step(int at, int c, BitSet next) {
    Token token = tokens.get(at);
    if (token.kind == Kind.DIRECTORIES) {
      next.set(at);
      if (c == '/') {
        // the run of directories may end here, or go on
        enter(at + 1, next);
      }
      return;
    }
    if (token.accepts.test(c)) {
      if (token.kind == Kind.ONE) {
        enter(at + 1, next);
      } else {
        enter(at, next);
      }
    }
  }

  private static List<Token> parse(int[] pattern) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < pattern.length) {
      int c = pattern[at];
      if (c == '*') {
        at = star(pattern, at, tokens);
      } else if (c == '?') {
        tokens.add(new Token(Kind.ONE, NOT_SLASH));
        at++;
      } else if (c == '[' && closing(pattern, at) > 0) {
        int close = closing(pattern, at);
        tokens.add(new Token(Kind.ONE, set(pattern, at + 1, close)));
        at = close + 1;
      } else {
        Characters.Escaped escaped = Characters.unescape(pattern, at);
        tokens.add(new Token(Kind.ONE, x -> x == escaped.character()));
        at = escaped.next();
      }
    }
    return List.copyOf(tokens);
  }

  private static int star(int[] pattern, int at, List<Token> tokens) {
    int after = at;
    while (after < pattern.length && pattern[after] == '*') {
      after++;
    }
    boolean deep = after - at > 1;
    boolean afterSlash = at == 0 || pattern[at - 1] == '/';
    if (deep && afterSlash && after < pattern.length && pattern[after] == '/') {
      tokens.add(new Token(Kind.DIRECTORIES, x -> true));
      return after + 1;
    }
    tokens.add(deep ? new Token(Kind.DEEP, x -> true) : new Token(Kind.STAR, NOT_SLASH));
    return after;
  }

  /** Where the set that begins here ends; -1 if it does not and the bracket is a plain one. */
  private static int closing(int[] pattern, int open) {
    int at = open + 1;
    if (at < pattern.length && (pattern[at] == '!' || pattern[at] == '^')) {
      at++;
    }
    // a bracket right at the start is one of the set
    for (at = at + 1; at < pattern.length && pattern[at] != '/'; at++) {
      if (pattern[at] == ']') {
        return at;
      }
    }
    return -1;
  }

  private static IntPredicate set(int[] pattern, int from, int close) {
    boolean not = pattern[from] == '!' || pattern[from] == '^';
    List<int[]> ranges = new ArrayList<>();
    int at = not ? from + 1 : from;
    while (at < close) {
      Characters.Escaped low = Characters.unescape(pattern, at);
      int high = low.character();
      at = low.next();
      if (at + 1 < close && pattern[at] == '-') {
        Characters.Escaped end = Characters.unescape(pattern, at + 1);
        high = end.character();
        at = end.next();
      }
      ranges.add(new int[] {low.character(), high});
    }
    return c ->
        c != '/' && not != ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]);
  }
}
