package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameTest {
  @Test
  void namesAreComparedAsUnsignedBytes() {
    Name high = Name.of(new byte[] {(byte) 0xff});

    assertThat(high).isGreaterThan(Name.of("~"));
    assertThat(Name.of("a")).isLessThan(Name.of("ab"));
    assertThat(Name.of("B")).isLessThan(Name.of("a"));
  }

  @Test
  void namesAreTheirBytesAndNoOneCanChangeThem() {
    byte[] bytes = {'a', 'b'};
    Name name = Name.of(bytes);
    bytes[0] = 'x';
    name.bytes()[1] = 'x';

    assertThat(name).isEqualTo(Name.of("ab")).hasSameHashCodeAs(Name.of("ab"));
    assertThat(name).isNotEqualTo(Name.of("a"));
    assertThat(Name.of(new byte[] {'x', 'a', 'b'}, 1, 2)).isEqualTo(name);
  }

  @Test
  void dotAndDotDotAreTheOnlyOnesOfTheirKind() {
    assertThat(Name.of(".").isDotOrDotDot()).isTrue();
    assertThat(Name.of("..").isDotOrDotDot()).isTrue();
    assertThat(Name.of("").isDotOrDotDot()).isFalse();
    assertThat(Name.of(".a").isDotOrDotDot()).isFalse();
    assertThat(Name.of("a.").isDotOrDotDot()).isFalse();
    assertThat(Name.of("...").isDotOrDotDot()).isFalse();
  }

  @Test
  void prefixesAreComparedAsBytes() {
    assertThat(Name.of("trusted.overlay.opaque").startsWith("trusted.overlay.")).isTrue();
    assertThat(Name.of("trusted").startsWith("trusted.overlay.")).isFalse();
    assertThat(Name.of("ä").is("ä")).isTrue();
  }
}
