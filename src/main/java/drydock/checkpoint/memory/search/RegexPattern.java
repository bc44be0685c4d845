package drydock.checkpoint.memory.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An expression to be found in bytes. In UTF-8 and Latin-1 each byte is a character of its own, and
 * letters beyond ASCII in the expression stand for the bytes of their encoding; in UTF-16 each pair
 * is one.
 *
 * @param unit bytes of a character: 1 or 2
 */
public record RegexPattern(
    String name, String encoding, Pattern pattern, int unit, boolean bigEndian) {
  /** The longest match, in bytes: one that would be longer ends there. */
  public static final int MAX_MATCH = 4096;

  /**
   * Compiles an expression.
   *
   * @throws PatternSyntaxException when it is none
   */
  public static RegexPattern of(String name, String text, Charset charset, boolean ignoreCase) {
    boolean wide = charset.equals(UTF_16LE) || charset.equals(UTF_16BE);
    int flags = Pattern.DOTALL | Pattern.MULTILINE | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    String seen = wide ? text : new String(text.getBytes(charset), ISO_8859_1);
    boolean isBig = charset.equals(UTF_16BE);
    return new RegexPattern(
        name, charset.name(), Pattern.compile(seen, flags), wide ? 2 : 1, isBig);
  }
}
