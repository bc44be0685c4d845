package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes that {@code debugfs dx_hash} prints. */
class DirectoryHashTest {
  private static final int[] NO_SEED = new int[4];
  private static final int[] SEED = {0x04030201, 0x08070605, 0x0c0b0a09, 0x100f0e0d};

  @ParameterizedTest
  @CsvSource({
    "0, a, e74b53e2",
    "0, passwd, 98b8cd7c",
    "0, äö, 12b02e38",
    "1, a, d5fa7d7a",
    "1, etc, 0cf65492",
    "1, a-rather-long-name-of-a-file-to-fill-blocks, bab5e5a2",
    "1, 0123456789abcdef0123456789abcdef, 36184620",
    "1, äö, 34bcb028",
    "2, a, 6d0ea4c0",
    "2, a-rather-long-name-of-a-file-to-fill-blocks, f6038374",
    "2, 0123456789abcdef0123456789abcdef, cbe95e3c",
    "2, äö, 009dee46",
  })
  void signedHashIsDebugfss(int kind, String name, String hash) {
    assertThat(hash(name, kind, false, NO_SEED).hash())
        .isEqualTo(Integer.parseUnsignedInt(hash, 16));
  }

  @ParameterizedTest
  @CsvSource({
    "1, a, 8d08ec4c",
    "1, passwd, bdfe309a",
    "1, äö, 655432cc",
    "2, etc, 8b530544",
    "2, äö, 03e17e32"
  })
  void seedReplacesTheStartingState(int kind, String name, String hash) {
    assertThat(hash(name, kind, false, SEED).hash()).isEqualTo(Integer.parseUnsignedInt(hash, 16));
  }

  @Test
  void unsignedHashDiffersOnlyForBytesAboveAscii() {
    for (int kind = 0; kind <= 2; kind++) {
      assertThat(hash("etc", kind, true, NO_SEED)).isEqualTo(hash("etc", kind, false, NO_SEED));
      assertThat(hash("äö", kind, true, NO_SEED)).isNotEqualTo(hash("äö", kind, false, NO_SEED));
    }
  }

  @Test
  void sipHashCannotBeComputedWithoutAKey() {
    assertThat(DirectoryHash.isComputable(6)).isFalse();
  }

  private static DirectoryHash.Value hash(String name, int kind, boolean unsigned, int[] seed) {
    return new DirectoryHash(kind, unsigned, seed).value(name.getBytes(StandardCharsets.UTF_8));
  }
}
