package drydock.fs.ext4;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Folds names as casefolded directories compare them: canonically decomposed, without ignorable
 * code points, full case folding of Unicode 12.1 (kernel {@code fs/unicode/utf8-core.c}, {@code
 * utf8_casefold}; e2fsprogs {@code lib/ext2fs/nls_utf8.c}, with which each code point agrees).
 *
 * <p>The JDK does most of it. What it does otherwise is here: its upper and then lower case is not
 * the folding of Cherokee and of three more letters, and it knows code points that Unicode 12.1 did
 * not, which stay as they are and which marks do not pass.
 */
final class CaseFold {
  /** Pairs of the first and the last code point: those that a name is compared without. */
  private static final int[] IGNORED = {
    0xad, 0xad, 0x34f, 0x34f, 0x61c, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x200b,
    0x200f, 0x202a, 0x202e, 0x2060, 0x206f, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0,
    0xffa0, 0xfff0, 0xfff8, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0000, 0xe0fff
  };

  /** Pairs likewise: those that came after 12.1 and that folding or decomposing would change. */
  private static final int[] LATER = {
    0x898, 0x89f, 0x8ca, 0x8d2, 0xc3c, 0xc3c, 0x1715, 0x1715, 0x1abf, 0x1ace, 0x1dfa, 0x1dfa,
    0x2c2f, 0x2c2f, 0xa7c0, 0xa7c0, 0xa7c7, 0xa7c7, 0xa7c9, 0xa7c9, 0xa7d0, 0xa7d0, 0xa7d6, 0xa7d6,
    0xa7d8, 0xa7d8, 0xa7f5, 0xa7f5, 0xa82c, 0xa82c, 0x10570, 0x1057a, 0x1057c, 0x1058a, 0x1058c,
    0x10592, 0x10594, 0x10595, 0x10eab, 0x10eac, 0x10f82, 0x10f85, 0x11070, 0x11070, 0x11938,
    0x11938, 0x1193d, 0x1193e, 0x11943, 0x11943, 0x16ff0, 0x16ff1, 0x1e2ae, 0x1e2ae
  };

  private static final int DOTLESS_I = 0x131;
  private static final int CAPITAL_SHARP_S = 0x1e9e;
  private static final int CHEROKEE = 0x13a0;
  private static final int CHEROKEE_END = 0x13f6;
  private static final int SMALL_CHEROKEE = 0x13f8;
  private static final int SMALL_CHEROKEE_END = 0x13fe;
  private static final int MORE_SMALL_CHEROKEE = 0xab70;
  private static final int MORE_SMALL_CHEROKEE_END = 0xabc0;

  private CaseFold() {}

  /**
   * Whether a name is UTF-8. Of others the kernel folds what it takes for UTF-8 in them, by its
   * tables' accident; here they are compared as they are.
   */
  static boolean isText(byte[] name) {
    return text(name) != null;
  }

  private static @Nullable String text(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A name as it is compared. */
  static byte[] folded(byte[] name) {
    String text = text(name);
    if (text == null) {
      return name;
    }
    StringBuilder folded = new StringBuilder(text.length());
    StringBuilder piece = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              boolean isLater = isIn(LATER, each);
              if (isLater || isIn(IGNORED, each)) {
                flush(piece, folded);
              } else {
                decompose(each, piece);
              }
              if (isLater) {
                folded.appendCodePoint(each);
              }
            });
    flush(piece, folded);
    return folded.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Puts marks in order, none of them over what stands between pieces. */
  private static void flush(StringBuilder piece, StringBuilder into) {
    into.append(Normalizer.normalize(piece, Normalizer.Form.NFD));
    piece.setLength(0);
  }

  /** Each code point alone: marks are put in order when all are folded. */
  private static void decompose(int each, StringBuilder into) {
    Normalizer.normalize(Character.toString(each), Normalizer.Form.NFD)
        .codePoints()
        .forEach(part -> fold(part, into));
  }

  private static void fold(int each, StringBuilder into) {
    if (each >= CHEROKEE && each < CHEROKEE_END || each == DOTLESS_I) {
      into.appendCodePoint(each);
    } else if (each >= SMALL_CHEROKEE && each < SMALL_CHEROKEE_END) {
      into.appendCodePoint(each - 8);
    } else if (each >= MORE_SMALL_CHEROKEE && each < MORE_SMALL_CHEROKEE_END) {
      into.appendCodePoint(each - MORE_SMALL_CHEROKEE + CHEROKEE);
    } else if (each == CAPITAL_SHARP_S) {
      into.append("ss");
    } else {
      // One by one: lower case of a whole word knows a final sigma, folding does not.
      Character.toString(each)
          .toUpperCase(Locale.ROOT)
          .codePoints()
          .forEach(upper -> into.append(Character.toString(upper).toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean isIn(int[] pairs, int codePoint) {
    int at = Arrays.binarySearch(pairs, codePoint);
    return at >= 0 || (-at - 1) % 2 != 0;
  }
}
