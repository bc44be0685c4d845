package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
  private static final Origin ORIGIN = Origin.of("test");

  @ParameterizedTest
  @CsvSource({
    "00,0",
    "02,1",
    "01,-1",
    "d804,300",
    "feffffffffffffffff01,9223372036854775807",
    "ffffffffffffffffff01,-9223372036854775808"
  })
  void sizesAreZigZag(String hex, long value) throws IOException {
    assertThat(Varint.signed(HexFormat.of().parseHex(hex), ORIGIN)).isEqualTo(value);
  }

  @Test
  void idsAreNot() throws IOException {
    assertThat(Varint.unsigned(HexFormat.of().parseHex("51"), ORIGIN)).isEqualTo(81);
    assertThat(
            Long.toUnsignedString(
                Varint.unsigned(HexFormat.of().parseHex("ffffffffffffffffff01"), ORIGIN)))
        .isEqualTo("18446744073709551615");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "ffffffffffffffffff02", "ffffffffffffffffffff01"})
  void whatDoesNotEndIsRefused(String hex) {
    assertThatThrownBy(() -> Varint.unsigned(HexFormat.of().parseHex(hex), ORIGIN))
        .isInstanceOf(CorruptDataException.class);
  }
}
