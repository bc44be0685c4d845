package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NameTextTest {
  private static String text(String hex) {
    return NameText.of(HexFormat.of().parseHex(hex));
  }

  @Test
  void utf8IsShownAsItIs() {
    assertThat(NameText.of("straße 日本 😀".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("straße 日本 😀");
    assertThat(NameText.of(new byte[0])).isEmpty();
  }

  @Test
  void eachByteThatIsNotUtf8IsEscaped() {
    assertThat(text("61ff62")).isEqualTo("a\\xffb");
    assertThat(text("e697")).isEqualTo("\\xe6\\x97");
    assertThat(text("c0af")).isEqualTo("\\xc0\\xaf");
    assertThat(text("eda080")).isEqualTo("\\xed\\xa0\\x80");
    assertThat(text("ffe697a5")).isEqualTo("\\xff日");
  }

  @Test
  void isUtf8SaysWhetherNothingWasEscaped() {
    assertThat(NameText.isUtf8("ä".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(NameText.isUtf8(new byte[] {'a', (byte) 0x80})).isFalse();
    assertThat(NameText.isUtf8(new byte[] {(byte) 0xe6, (byte) 0x97})).isFalse();
  }
}
