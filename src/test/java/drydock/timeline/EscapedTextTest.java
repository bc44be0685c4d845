package drydock.timeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Name;
import drydock.truth.BodyFileLine;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedTextTest {
  /** Bytes that mean something to some reader, and some that do not. */
  private static final byte[] ODD =
      "\\\\\\\\xx%%||//>>- (01257cf2F8\n\u0000\u007fab\u0085\u00e9\u20ac\ud83d\ude00"
          .getBytes(UTF_8);

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain name.txt,plain name.txt",
        "café €,café €",
        "a|b,a\\x7cb",
        "100%,100%",
        "a%2Fb,a\\x252Fb",
        "a%2gb,a%2gb",
        "dev-disk-by\\x2duuid,dev-disk-by\\x2duuid",
        "a\\x0ab,a\\x5cx0ab",
        "a\\x0Ab,a\\x5cx0Ab",
        "a\\x7cb,a\\x5cx7cb",
        "a\\\\b,a\\x5c\\b",
        "a\\|b,a\\x5c\\x7cb",
        "a\\,a\\",
        "a/b,a\\x2fb",
        "a -> b,a -> b",
      })
  void nameIsWrittenSoThatNoReaderMistakesIt(String name, String written) {
    assertThat(new String(name(name.getBytes(UTF_8)), UTF_8)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "0a, \\x0a",
    "1b5b, \\x1b[",
    "7f, \\x7f",
    "c285, \\xc2\\x85",
    "c2a0, \u00a0",
    "80, \\x80",
    "ff, \\xff",
    "c3, \\xc3",
    "c328, \\xc3(",
    "c0af, \\xc0\\xaf",
    "e08080, \\xe0\\x80\\x80",
    "eda080, \\xed\\xa0\\x80",
    "e282ac, \u20ac",
    "e282, \\xe2\\x82",
    "f09f9880, \ud83d\ude00",
    "f08f8080, \\xf0\\x8f\\x80\\x80",
    "f4908080, \\xf4\\x90\\x80\\x80",
    "f5808080, \\xf5\\x80\\x80\\x80",
    "5c80, \\x5c\\x80",
  })
  void bytesThatAreNoTextAreEscapedOneByOne(String hex, String written) {
    assertThat(new String(name(HexFormat.of().parseHex(hex)), UTF_8)).isEqualTo(written);
  }

  @Test
  void targetKeepsItsSlashesAndLosesItsArrows() {
    assertThat(target("../a/b")).isEqualTo("../a/b");
    assertThat(target("a -> b")).isEqualTo("a -\\x3e b");
    assertThat(target("-> b")).isEqualTo("-\\x3e b");
    assertThat(target("a->b>c")).isEqualTo("a->b>c");
  }

  @Test
  void endThatLooksLikeAMarkIsNone() {
    assertThat(guarded("a (deleted)")).isEqualTo("a \\x28deleted)");
    assertThat(guarded("a (deleted-realloc)")).isEqualTo("a \\x28deleted-realloc)");
    assertThat(guarded("a (deleted) b")).isEqualTo("a (deleted) b");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.000000000",
    "1763771129, 123456789, 1763771129.123456789",
    "-1, 0, -1.000000000",
    "-1, 500000000, -0.500000000",
    "-2, 250000000, -1.750000000",
    "15032385535, 999999999, 15032385535.999999999",
    "-2147483648, 1, -2147483647.999999999",
  })
  void fractionCountsTowardsTheFuture(long seconds, int nanos, String written) {
    EscapedText out = new EscapedText(0).seconds(seconds, nanos);
    assertThat(new String(out.bytes(0), UTF_8)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "10", "99", "100", "-1", "9223372036854775807", "-9223372036854775808"})
  void numbersAreDecimal(long number) {
    assertThat(new String(new EscapedText(0).number(number).bytes(0), UTF_8))
        .isEqualTo("" + number);
  }

  /** Whatever bytes: they can be had back, and readers' own unescaping finds nothing to change. */
  @Test
  void everyNameComesBack() {
    Random random = new Random(20261122);
    for (int round = 0; round < 200_000; round++) {
      byte[] raw = new byte[1 + random.nextInt(12)];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = random.nextInt(8) == 0 ? (byte) random.nextInt() : ODD[random.nextInt(ODD.length)];
      }
      String written = new String(name(raw), ISO_8859_1);
      assertThat(BodyFileLine.unescape(written)).as(written).isEqualTo(raw);
      assertThat(written).doesNotContainPattern("\\||/|%[0-9a-fA-F]{2}|\\\\\\\\");
      String target = target(raw);
      assertThat(BodyFileLine.unescape(target)).as(target).isEqualTo(raw);
      assertThat((" -> " + target).lastIndexOf(" -> ")).as(target).isZero();
    }
  }

  private static byte[] name(byte[] raw) {
    byte[] one = new EscapedText(0).name(raw).bytes(0);
    assertThat(new EscapedText(0).name(Name.of(raw)).bytes(0)).isEqualTo(one);
    return one;
  }

  private static String target(String text) {
    return target(text.getBytes(UTF_8));
  }

  private static String target(byte[] raw) {
    EscapedText out = new EscapedText(0).ascii(" -> ");
    return new String(out.target(raw).bytes(4), ISO_8859_1);
  }

  private static String guarded(String text) {
    EscapedText out = new EscapedText(0).ascii("0|/").name(text.getBytes(UTF_8));
    out.guardEnd();
    return new String(out.bytes(3), UTF_8);
  }
}
