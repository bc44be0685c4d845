package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PosixAclTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void entriesWithoutAnIdGetTheUndefinedOne() {
    byte[] stored =
        hex("01000000 01000600 02000500d2040000 04000400 08000700ffff0100 10000700 20000400");
    assertThat(PosixAcl.shown(stored))
        .contains(
            hex(
                "02000000 01000600ffffffff 02000500d2040000 04000400ffffffff 08000700ffff0100"
                    + " 10000700ffffffff 20000400ffffffff"));
  }

  @Test
  void entryCutOffAndUnknownVersionAreNoLists() {
    assertThat(PosixAcl.shown(hex("01000000 02000500"))).isEmpty();
    assertThat(PosixAcl.shown(hex("01000000 0100"))).isEmpty();
    assertThat(PosixAcl.shown(hex("02000000 01000600"))).isEmpty();
    assertThat(PosixAcl.shown(new byte[0])).isEmpty();
  }
}
