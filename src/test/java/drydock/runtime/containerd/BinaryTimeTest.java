package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as Go 1.25's {@code MarshalBinary} wrote them. */
class BinaryTimeTest {
  @Test
  void utcHasTheOffsetMinusOne() throws IOException {
    assertThat(decode("010000000edfa8cfc709268f50ffff"))
        .isEqualTo(Instant.parse("2025-05-04T03:02:31.153522Z"));
  }

  @Test
  void aZoneOnlySaysHowItWasShown() throws IOException {
    assertThat(decode("010000000edfa8cfc709268f50ff10"))
        .isEqualTo(decode("010000000edfa8cfc709268f500294"));
  }

  @Test
  void versionTwoHasSecondsOfTheZone() throws IOException {
    assertThat(decode("020000000edfa8cfc709268f5000141e"))
        .isEqualTo(Instant.parse("2025-05-04T03:02:31.153522Z"));
  }

  @Test
  void theZeroTimeIsNone() throws IOException {
    assertThat(decode("010000000000000000" + "00000000" + "ffff")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "030000000edfa8cfc709268f50ffff",
        "020000000edfa8cfc709268f50ffff",
        "01ffffffffffffffff" + "00000000" + "ffff",
        "017fffffffffffffff" + "00000000" + "ffff",
        "010000000edfa8cfc7" + "3b9aca00" + "ffff",
        "010000000edfa8cfc7" + "ffffffff" + "ffff"
      })
  void whatIsNoTimeIsRefused(String hex) {
    assertThatThrownBy(() -> decode(hex)).isInstanceOf(CorruptDataException.class);
  }

  private static Instant decode(String hex) throws IOException {
    return BinaryTime.decode(HexFormat.of().parseHex(hex), Origin.of("test"));
  }
}
