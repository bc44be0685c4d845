package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
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

  @Test
  void anInodesSumByTablesIsTheOneOfItsPieces() {
    Random random = new Random(7);
    for (int bytes : new int[] {128, 160, 256, 1024}) {
      int seed = random.nextInt();
      InodeSums sums = new InodeSums(seed, bytes);
      for (int i = 0; i < 50; i++) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        int number = random.nextInt();
        int whole = Checksums.crc32c(-1, raw);
        int low = LittleEndian.u16(raw, 0x7c);
        int sum = sums.of(whole, number, LittleEndian.i32(raw, 0x64), low);
        raw[0x7c] = 0;
        raw[0x7d] = 0;
        assertThat(sum).isEqualTo(inPieces(seed, number, raw));
        if (bytes > 128) {
          int both = sum ^ sums.without(LittleEndian.u16(raw, 0x82));
          raw[0x82] = 0;
          raw[0x83] = 0;
          assertThat(both).isEqualTo(inPieces(seed, number, raw));
        }
      }
    }
  }

  private static int inPieces(int seed, int number, byte[] raw) {
    byte[] numberBytes = new byte[4];
    Checksums.putInt(numberBytes, 0, number);
    int sum = Checksums.crc32c(seed, numberBytes);
    return Checksums.crc32c(Checksums.crc32c(sum, raw, 0x64, 4), raw);
  }
}
