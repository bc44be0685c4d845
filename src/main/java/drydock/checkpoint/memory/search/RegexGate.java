package drydock.checkpoint.memory.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every match of an expression begins with, as far as its text shows it: the expression is
 * tried only there. Understands the front of plain expressions, {@code AKIA[0-9A-Z]{16}}; of all
 * else there is no gate. For one thread.
 *
 * <p>Knowledge: the documentation of {@link Pattern}.
 */
final class RegexGate {
  /** As many bytes are enough to be rare. */
  private static final int MAX_PLACES = 32;

  /** More choices than this tell little of a place. */
  private static final int NARROW = 16;

  private static final int ALL = 256;

  /** A gate that fits more often than one in so many places is none. */
  private static final double RARE = 400;

  private final RegexPattern pattern;
  private final String text;
  private final List<BitSet> places = new ArrayList<>();
  private final Map<String, BitSet> known = new HashMap<>();
  private int at;

  private RegexGate(RegexPattern pattern) {
    this.pattern = pattern;
    this.text = pattern.pattern().pattern();
  }

  static Optional<BytePattern> of(RegexPattern pattern) {
    RegexGate gate = new RegexGate(pattern);
    if (gate.isBeyondUs()) {
      return Optional.empty();
    }
    gate.read();
    return gate.isRare()
        ? Optional.of(new BytePattern(pattern.name(), pattern.encoding(), gate.bytes(), null))
        : Optional.empty();
  }

  /**
   * Whether what is at the front need not be there: alternatives, flags, quotations; or what
   * depends on matches before.
   */
  private boolean isBeyondUs() {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        if (i < text.length() && "QG".indexOf(text.charAt(i)) >= 0) {
          return true;
        }
      } else if (c == '[') {
        int end = classEnd(i);
        if (end < 0) {
          return true;
        }
        i = end - 1;
      } else if (c == '(') {
        depth++;
        if (text.startsWith("(?", i) && !isKnownGroup(i + 2)) {
          return true;
        }
      } else if (c == ')') {
        depth--;
      } else if (c == '|' && depth == 0) {
        return true;
      }
    }
    return false;
  }

  /** Groups that do not change what is outside of them: no flags. */
  private boolean isKnownGroup(int from) {
    return from < text.length() && ":=!<>".indexOf(text.charAt(from)) >= 0;
  }

  /** Behind the bracket that closes a class; -1 when it is not of the plain kind. */
  private int classEnd(int open) {
    int i = open + 1;
    if (text.startsWith("^", i)) {
      i++;
    }
    if (i < text.length() && (text.charAt(i) == ']' || text.charAt(i) == '&')) {
      return -1;
    }
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ']') {
        return i + 1;
      }
      if (c == '[' || c == '&') {
        return -1;
      }
      if (c == '\\') {
        i++;
        if (i < text.length() && text.charAt(i) == 'Q') {
          return -1;
        }
      }
    }
    return -1;
  }

  private void read() {
    while (text.startsWith("^", at) || text.startsWith("\\b", at)) {
      at += text.charAt(at) == '^' ? 1 : 2;
      if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
        return;
      }
    }
    boolean goesOn = true;
    while (goesOn && at < text.length() && places.size() < MAX_PLACES) {
      BitSet values = atom();
      goesOn = values != null && repeated(values);
    }
  }

  /** What fits the next atom, which is gone over; null when it is not a plain one. */
  private @Nullable BitSet atom() {
    char c = text.charAt(at);
    int end = at + 1;
    if (c == '[') {
      end = classEnd(at);
    } else if (c == '\\') {
      end = escapeEnd(at + 1);
    } else if ("()^$|*+?{}]".indexOf(c) >= 0) {
      return null;
    }
    if (end < 0 || (pattern.unit() == 2 && !isNarrow(text.substring(at, end)))) {
      return null;
    }
    BitSet values = known.computeIfAbsent(text.substring(at, end), this::values);
    at = end;
    return values;
  }

  private int escapeEnd(int letter) {
    if (letter >= text.length()) {
      return -1;
    }
    char c = text.charAt(letter);
    if (c == 'x') {
      return text.startsWith("{", letter + 1) ? -1 : Math.min(text.length(), letter + 3);
    }
    boolean isOther = (c >= '0' && c <= '9') || Character.isLetter(c);
    return !isOther || "dDwWsStnrfae".indexOf(c) >= 0 ? letter + 1 : -1;
  }

  /** Whether an atom fits no character beyond one byte, in UTF-16. */
  private static boolean isNarrow(String atom) {
    boolean isPlain = atom.chars().allMatch(c -> c < 0x7f && c != '^' && c != '.' && c != '\\');
    return isPlain || atom.matches("\\\\([dws]|[^A-Za-z0-9])");
  }

  private BitSet values(String atom) {
    Pattern alone = Pattern.compile(atom, pattern.pattern().flags());
    BitSet values = new BitSet(ALL);
    for (int value = 0; value < ALL; value++) {
      if (alone.matcher(Character.toString((char) value)).matches()) {
        values.set(value);
      }
    }
    return values;
  }

  /** Adds as many places as an atom needs at least; gives whether what follows comes right then. */
  private boolean repeated(BitSet values) {
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (next == '*' || next == '?') {
      return false;
    }
    if (next == '+') {
      places.add(values);
      return false;
    }
    if (next != '{') {
      places.add(values);
      return true;
    }
    int close = text.indexOf('}', at);
    String[] bounds = text.substring(at + 1, Math.max(at + 1, close)).split(",", -1);
    if (close < 0 || !bounds[0].matches("[0-9]{1,6}")) {
      return false;
    }
    int least = Integer.parseInt(bounds[0]);
    for (int i = 0; i < least && places.size() < MAX_PLACES; i++) {
      places.add(values);
    }
    at = close + 1;
    if (at < text.length() && "?+".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return bounds.length == 1;
  }

  private boolean isRare() {
    double share = 1;
    int run = 0;
    int longest = 0;
    for (BitSet place : places) {
      share *= ALL / (double) Math.max(1, place.cardinality());
      run = place.cardinality() <= NARROW ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest >= 2 && share >= RARE;
  }

  private List<BitSet> bytes() {
    if (pattern.unit() == 1) {
      return places;
    }
    BitSet zero = new BitSet(ALL);
    zero.set(0);
    List<BitSet> wide = new ArrayList<>();
    for (BitSet place : places) {
      wide.add(pattern.bigEndian() ? zero : place);
      wide.add(pattern.bigEndian() ? place : zero);
    }
    return wide;
  }
}
