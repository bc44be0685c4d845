package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  @Test
  void crc32cOfTheDigitsIsTheOneOfTheCatalogueWithoutItsInversion() {
    assertThat(Checksums.crc32c(-1, DIGITS)).isEqualTo(~0xe3069283);
  }

  @Test
  void crc32cGoesOnFromAnySeed() {
    int half = Checksums.crc32c(-1, DIGITS, 0, 4);
    assertThat(Checksums.crc32c(half, DIGITS, 4, 5)).isEqualTo(Checksums.crc32c(-1, DIGITS));
    assertThat(Checksums.crc32c(0x12345678, new byte[0])).isEqualTo(0x12345678);
  }

  @Test
  void crc16OfTheDigitsIsTheOneOfTheCatalogue() {
    assertThat(Checksums.crc16(0xffff, DIGITS, 0, 9)).isEqualTo(0x4b37);
  }

  @Test
  void fieldLeftOutCountsAsZeros() {
    byte[] zeroed = DIGITS.clone();
    Arrays.fill(zeroed, 2, 6, (byte) 0);
    assertThat(Checksums.crc32cWithout(7, DIGITS, 9, 2)).isEqualTo(Checksums.crc32c(7, zeroed));
  }
}
