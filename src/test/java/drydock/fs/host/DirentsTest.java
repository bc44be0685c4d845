package drydock.fs.host;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirentsTest {
  private static List<Host.Listed> decode(String hex) {
    byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
    List<Host.Listed> names = new ArrayList<>();
    Dirents.decode(block, block.length, names);
    return names;
  }

  @Test
  void entriesHaveInodeTypeAndName() {
    List<Host.Listed> names =
        decode(
            "0200000000000000 0100000000000000 1800 04 2e00000000"
                + "0d00000000000000 0200000000000000 1800 08 61ff000000"
                + "0e00000000000000 0300000000000000 1800 00 7a00000000");

    assertThat(names)
        .containsExactly(
            new Host.Listed(Name.of(new byte[] {'a', (byte) 0xff}), 13, NodeType.FILE),
            new Host.Listed(Name.of("z"), 14, null));
  }

  @Test
  void aLengthThatDoesNotFitEndsTheBlock() {
    assertThat(decode("0200000000000000 0100000000000000 0000 04 6100000000")).isEmpty();
    assertThat(decode("0200000000000000 0100000000000000 ff00 04 6100000000")).isEmpty();
    assertThat(decode("02000000")).isEmpty();
  }
}
