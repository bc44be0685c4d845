package drydock.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void aDigestIsItsAlgorithmAndItsDigits() {
    assertThat(Digest.parse("sha256:" + HEX)).contains(new Digest("sha256", HEX));
    assertThat(Digest.parse("a+b.c_d-1:" + HEX)).contains(new Digest("a+b.c_d-1", HEX));
    assertThat(Digest.parse("sha512:" + HEX + HEX)).isPresent();
    assertThat(Digest.parse("x:" + HEX.substring(32))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "sha256",
        "sha256:",
        "sha256:0123456789abcdef0123456789abcde",
        "sha256:0123456789abcdef0123456789abcdeF",
        "sha256:0123456789abcdef0123456789abcdeg",
        ":0123456789abcdef0123456789abcdef",
        "SHA256:0123456789abcdef0123456789abcdef",
        "+a:0123456789abcdef0123456789abcdef",
        "a+:0123456789abcdef0123456789abcdef",
        "a++b:0123456789abcdef0123456789abcdef",
        "a:b:0123456789abcdef0123456789abcdef",
        "a b:0123456789abcdef0123456789abcdef",
        "sha256:0123456789abcdef0123456789abcdef\n"
      })
  void whatIsNotOfThatFormIsNone(String text) {
    assertThat(Digest.parse(text)).isEmpty();
  }

  @Test
  void noDigestIsLongerThan128Digits() {
    assertThat(Digest.parse("a:" + HEX + HEX + "0")).isEmpty();
  }
}
