package drydock.checkpoint.memory.search;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/** Makes patterns of what somebody typed. For one thread. */
public final class PatternReader {
  /** All together. */
  private static final int MAX_PATTERNS = 10_000;

  private static final int NIBBLE = 16;

  private final List<Charset> encodings;
  private final List<Charset> ofExpressions;
  private final boolean ignoreCase;
  private final List<BytePattern> literals = new ArrayList<>();
  private final List<RegexPattern> expressions = new ArrayList<>();

  /**
   * @param encodings that texts are looked for in
   * @param ofExpressions that expressions are looked for in
   * @param ignoreCase of texts and expressions
   */
  public PatternReader(List<Charset> encodings, List<Charset> ofExpressions, boolean ignoreCase) {
    this.encodings = List.copyOf(encodings);
    this.ofExpressions = List.copyOf(ofExpressions);
    this.ignoreCase = ignoreCase;
  }

  public PatternSet patterns() {
    return new PatternSet(literals, expressions);
  }

  /**
   * A text, in each encoding that has all of its characters.
   *
   * @throws IllegalArgumentException saying what is wrong, as all of these
   */
  public void text(String name, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty text is everywhere");
    }
    List<BytePattern> made = new ArrayList<>();
    for (Charset encoding : encodings) {
      try {
        BytePattern pattern = ofText(name, text, encoding);
        if (made.stream().noneMatch(other -> other.places().equals(pattern.places()))) {
          made.add(pattern);
        }
      } catch (CharacterCodingException e) {
        // it cannot be there in this encoding; in another it can
        continue;
      }
    }
    if (made.isEmpty()) {
      throw new IllegalArgumentException("a text that no encoding has: " + text);
    }
    made.forEach(this::add);
  }

  private BytePattern ofText(String name, String text, Charset encoding)
      throws CharacterCodingException {
    byte[] plain = encoded(text, encoding);
    List<BitSet> places = new ArrayList<>(plain.length);
    for (byte value : plain) {
      places.add(of(value));
    }
    if (!ignoreCase) {
      return new BytePattern(name, encoding.name(), places, null);
    }
    int at = 0;
    for (int i = 0; i < text.length(); ) {
      String letter = text.substring(i, text.offsetByCodePoints(i, 1));
      int size = encoded(letter, encoding).length;
      for (String other : variants(letter)) {
        byte[] bytes = encoded(other, encoding);
        for (int k = 0; bytes.length == size && k < size; k++) {
          places.get(at + k).set(bytes[k] & 0xff);
        }
      }
      at += size;
      i += letter.length();
    }
    return new BytePattern(name, encoding.name(), places, new FoldedText(text, encoding));
  }

  /** A letter in other cases; those whose bytes are more or fewer are not found. */
  private static List<String> variants(String letter) {
    int code = letter.codePointAt(0);
    return List.of(
        Character.toString(Character.toUpperCase(code)),
        Character.toString(Character.toLowerCase(code)),
        Character.toString(Character.toTitleCase(code)));
  }

  private static byte[] encoded(String text, Charset encoding) throws CharacterCodingException {
    ByteBuffer bytes = encoding.newEncoder().encode(CharBuffer.wrap(text));
    byte[] raw = new byte[bytes.remaining()];
    bytes.get(raw);
    return raw;
  }

  private static BitSet of(byte value) {
    BitSet place = new BitSet(256);
    place.set(value & 0xff);
    return place;
  }

  /** Bytes as two hexadecimal digits each, spaces between them or not; {@code ?} is any digit. */
  public void hex(String name, String text) {
    String digits = text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9a-f?]+")) {
      throw new IllegalArgumentException(
          "bytes are pairs of hexadecimal digits, with ? for any digit: " + text);
    }
    List<BitSet> places = new ArrayList<>();
    for (int i = 0; i < digits.length(); i += 2) {
      places.add(place(digits.charAt(i), digits.charAt(i + 1)));
    }
    if (places.stream().noneMatch(place -> place.cardinality() <= NIBBLE)) {
      throw new IllegalArgumentException("nothing but wildcards is everywhere: " + text);
    }
    add(new BytePattern(name, "hex", places, null));
  }

  private static BitSet place(char high, char low) {
    BitSet place = new BitSet(256);
    for (int value = 0; value < 256; value++) {
      if ((high == '?' || value / NIBBLE == Character.digit(high, NIBBLE))
          && (low == '?' || value % NIBBLE == Character.digit(low, NIBBLE))) {
        place.set(value);
      }
    }
    return place;
  }

  /** An expression. */
  public void expression(String name, String text) {
    for (Charset charset : ofExpressions) {
      try {
        RegexPattern pattern = RegexPattern.of(name, text, charset, ignoreCase);
        if (pattern.pattern().matcher("").matches()) {
          throw new IllegalArgumentException("an expression that nothing fits, too: " + text);
        }
        expressions.add(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "no expression (" + e.getDescription() + "): " + text, e);
      }
    }
    checkNumber();
  }

  private void add(BytePattern pattern) {
    if (pattern.length() > BytePattern.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a pattern of " + pattern.length() + " bytes; the longest has " + BytePattern.MAX_LENGTH);
    }
    literals.add(pattern);
    checkNumber();
  }

  private void checkNumber() {
    if (literals.size() + expressions.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException("more than " + MAX_PATTERNS + " patterns at once");
    }
  }

  /**
   * A line of a file of patterns: {@code NAME: text|hex|regex PATTERN}, or nothing, or a remark.
   */
  public void line(String line) {
    String rest = line.strip();
    if (rest.isEmpty() || rest.startsWith("#")) {
      return;
    }
    int colon = rest.indexOf(": ");
    String[] words =
        colon <= 0 ? new String[0] : rest.substring(colon + 2).strip().split("\\s+", 2);
    if (words.length != 2) {
      throw new IllegalArgumentException("a line is NAME: text|hex|regex PATTERN: " + line);
    }
    String name = rest.substring(0, colon);
    switch (words[0]) {
      case "text" -> text(name, words[1]);
      case "hex" -> hex(name, words[1]);
      case "regex" -> expression(name, words[1]);
      default -> throw new IllegalArgumentException("neither text nor hex nor regex: " + line);
    }
  }
}
