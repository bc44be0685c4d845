package drydock.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciTimeTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "2021-08-16T12:00:22.123456789Z, 2021-08-16T12:00:22.123456789Z",
        "2021-08-16T12:00:22Z, 2021-08-16T12:00:22Z",
        "2021-08-16T12:00:22.1Z, 2021-08-16T12:00:22.100Z",
        "2021-08-16T12:00:22.1234567891234Z, 2021-08-16T12:00:22.123456789Z",
        "2021-08-16T12:00:22.5+05:30, 2021-08-16T06:30:22.500Z",
        "2021-08-16T00:30:00-23:59, 2021-08-17T00:29:00Z",
        "2021-08-16t12:00:22z, 2021-08-16T12:00:22Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
      })
  void aTimeIsTheInstantThatItNames(String text, String instant) {
    assertThat(OciTime.parse(text)).contains(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2021-08-16",
        "2021-08-16T12:00:22",
        "2021-13-16T12:00:22Z",
        "2021-02-29T12:00:22Z",
        "2021-08-16T24:00:00Z",
        "2021-08-16T12:00:60Z",
        "2021-08-16T12:00:22.Z",
        "2021-08-16T12:00:22+24:00",
        "2021-08-16T12:00:22+0100",
        "21-08-16T12:00:22Z"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(OciTime.parse(text)).isEmpty();
    assertThat(OciTime.isTime(text)).isFalse();
  }

  @Test
  void theZeroTimeOfGoIsNoTimeAndNoFault() {
    assertThat(OciTime.parse("0001-01-01T00:00:00Z")).isEmpty();
    assertThat(OciTime.isTime("0001-01-01T00:00:00Z")).isTrue();
  }
}
