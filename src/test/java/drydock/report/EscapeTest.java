package drydock.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.NameText;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EscapeTest {
  @Test
  void plainTextStaysAsItIs() {
    assertThat(Escape.text("größe 文件 \\d C:\\temp")).isEqualTo("größe 文件 \\d C:\\temp");
  }

  @Test
  void controlCharactersAreShownAsTheirBytes() {
    assertThat(Escape.text("a\u001b[31mb\tc\nd\u007fe\u009bf"))
        .isEqualTo("a\\x1b[31mb\\x09c\\x0ad\\x7fe\\xc2\\x9bf");
  }

  @Test
  void whatTurnsOrHidesTextIsShownAsItsBytes() {
    assertThat(Escape.text("txt.\u202egpj")).isEqualTo("txt.\\xe2\\x80\\xaegpj");
    assertThat(Escape.text("a\u200bb\u2028c\u00add"))
        .isEqualTo("a\\xe2\\x80\\x8bb\\xe2\\x80\\xa8c\\xc2\\xadd");
    assertThat(Escape.text("\u3164\ufe0f\u2800"))
        .isEqualTo("\\xe3\\x85\\xa4\\xef\\xb8\\x8f\\xe2\\xa0\\x80");
    assertThat(Escape.text(Character.toString(0xe0041))).isEqualTo("\\xf3\\xa0\\x81\\x81");
  }

  @Test
  void backslashThatReadsLikeAnEscapeIsEscapedItself() {
    assertThat(Escape.text("\\x41")).isEqualTo("\\x5cx41");
    assertThat(Escape.text("\\x4")).isEqualTo("\\x4");
  }

  @Test
  void whatIsEscapedAlreadyStays() {
    assertThat(Escape.rest("\\x1b[31m and \u001b")).isEqualTo("\\x1b[31m and \\x1b");
  }

  @Test
  void bytesThatAreNoTextAreShownEach() {
    byte[] broken = {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80};
    assertThat(Escape.bytes(broken)).isEqualTo("a\\xff\\xc3b\\xed\\xa0\\x80");
    assertThat(Escape.bytes("ü\u001b".getBytes(UTF_8))).isEqualTo("ü\\x1b");
  }

  @Test
  void spaceAtTheEndOfANameIsShown() {
    assertThat(Escape.bytes("two  ".getBytes(UTF_8))).isEqualTo("two \\x20");
    assertThat(Escape.bytes("a b".getBytes(UTF_8))).isEqualTo("a b");
  }

  @Test
  void whatIsPrintedCanBeTypedForAnyBytes() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length; at++) {
        if (random.nextInt(3) == 0) {
          bytes[at] = (byte) "\\x4f1\u00e2\u0080".charAt(random.nextInt(7));
        }
      }
      assertThat(NameText.unescape(Escape.bytes(bytes))).isEqualTo(bytes);
    }
  }
}
