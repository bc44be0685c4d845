package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The foldings of libext2fs 1.47 ({@code ext2fs_load_nls_table}, Unicode 12.1). */
class CaseFoldTest {
  @Test
  void eachCodePointFoldsAsTheFileSystemsToolsDo() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int each = 1; each <= Character.MAX_CODE_POINT; each++) {
      if (each < Character.MIN_SURROGATE || each > Character.MAX_SURROGATE) {
        byte[] name = Character.toString(each).getBytes(StandardCharsets.UTF_8);
        digest.update(name);
        digest.update((byte) 0);
        digest.update(CaseFold.folded(name));
        digest.update((byte) 0);
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("032049563f73e49851601ea4e73c79d48e137db8f133b5487c020324806f0c8f");
  }

  @ParameterizedTest
  @CsvSource({
    "c384c39f, 61cc887373",
    "cd85f091a4b8e0a393f09e8097e0ab8de1be88e1a9a0, ceb9f091a4b8e0ab8de0a393f09e8097ceb1cc93ceb9e1a9a0",
    "db9acea3cd85e0a8bcc39fc4b0cea3, db9acf83ceb9e0a8bc737369cc87cf83",
    "ccafcd85e0a39ff48fbfbfe1ab8befb8aef09ea584, ccafceb9e0a39ff48fbfbfe1ab8befb8aef09ea584",
    "c589cd80e18ea0cd90cd85f09d86acefb88f, cabc6ecc80e18ea0cd90ceb9f09d86ac",
    "cd85e0a09fcd85f0908ba0ea9f87e0a3bff09d85a0, ceb9e0a09fceb9f0908ba0ea9f87e0a3bff09d8598f09d85a5f09d85ae",
  })
  void marksAreOrderedWhenAllIsFolded(String name, String folded) {
    assertThat(HexFormat.of().formatHex(CaseFold.folded(HexFormat.of().parseHex(name))))
        .isEqualTo(folded);
  }

  @Test
  void whatIsNoTextIsComparedAsItIs() {
    byte[] name = {'A', (byte) 0xff};
    assertThat(CaseFold.isText(name)).isFalse();
    assertThat(CaseFold.folded(name)).isEqualTo(name);
  }
}
