package drydock.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteTextTest {
  private static String number(long value) {
    return new ByteText(0).number(value).toString();
  }

  @Test
  void numbersOfEveryLengthAreWhatTheLibraryMakes() {
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1, 7 * power, -power, 1 - power}) {
        assertThat(number(value)).isEqualTo(Long.toString(value));
      }
    }
    Random random = new Random(17);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(number(value)).isEqualTo(Long.toString(value));
      assertThat(new ByteText(0).unsigned(value).toString())
          .isEqualTo(Long.toUnsignedString(value));
    }
    for (long value : new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 31}) {
      assertThat(number(value)).isEqualTo(Long.toString(value));
    }
  }

  @Test
  void digitsHaveZerosBeforeThemAndNoMoreThanAskedFor() {
    assertThat(new ByteText(0).digits(7, 1).put('.').digits(7, 2).toString()).isEqualTo("7.07");
    assertThat(new ByteText(0).digits(5, 9).toString()).isEqualTo("000000005");
    assertThat(new ByteText(0).digits(999_999_999, 9).toString()).isEqualTo("999999999");
    assertThat(new ByteText(0).digits(12345, 4).toString()).isEqualTo("2345");
    assertThat(new ByteText(0).digits(12345, 3).toString()).isEqualTo("345");
  }

  @Test
  void growsByAllThatIsPut() {
    ByteText text = new ByteText(0);
    assertThat(text.isEmpty()).isTrue();
    for (int i = 0; i < 1000; i++) {
      text.put('a').ascii("bc").raw("\u00e9".getBytes(UTF_8)).add(new ByteText(1).put('!'));
    }
    assertThat(text.toString()).isEqualTo("abc\u00e9!".repeat(1000));
    assertThat(text.length()).isEqualTo(6000);
  }

  @Test
  void whatIsCutIsGone() {
    ByteText text = new ByteText(4).ascii("left right");
    text.cut(4);
    assertThat(text.at(3)).isEqualTo((byte) 't');
    assertThat(text.put('!').toString()).isEqualTo("left!");
    assertThat(text.bytes(2)).isEqualTo("ft!".getBytes(UTF_8));
    assertThat(text.shared().remaining()).isEqualTo(5);
  }

  @Test
  void whoFillsTheRoomSaysWhereItEnds() {
    ByteText text = new ByteText(0).ascii("ab");
    byte[] room = text.room(3);
    room[text.length()] = 'c';
    text.end(3);
    assertThat(text.toString()).isEqualTo("abc");
  }
}
