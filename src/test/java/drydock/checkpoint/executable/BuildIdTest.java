package drydock.checkpoint.executable;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildIdTest {
  private static @Nullable String of(byte[] file) throws Exception {
    return BuildId.of(new ArraySource(file, Origin.of("file")));
  }

  private static byte[] hex(int count) {
    byte[] id = new byte[count];
    for (int i = 0; i < count; i++) {
      id[i] = (byte) (0xa0 + i);
    }
    return id;
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,false", "true,true", "false,true"})
  void noteIsFoundBehindOthersInBothClassesAndOrders(boolean wide, boolean bigEndian)
      throws Exception {
    assertThat(of(NotedElf.of(wide, bigEndian, hex(20))))
        .isEqualTo("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
  }

  /** CRIU keeps words: behind an id of another length are zeros. */
  @Test
  void lengthIsThatOfWholeWords() throws Exception {
    assertThat(of(NotedElf.of(true, false, hex(6)))).isEqualTo("a0a1a2a3a4a50000");
  }

  @Test
  void whatHasNoNoteOrIsNoElfHasNone() throws Exception {
    assertThat(of(NotedElf.of(true, false, null))).isNull();
    assertThat(of(new byte[0])).isNull();
    assertThat(of(new byte[100])).isNull();
  }

  @Test
  void hostileHeadersAndNotesEndItEarly() throws Exception {
    Random random = new Random(7);
    byte[] sound = NotedElf.of(true, false, hex(20));
    for (int round = 0; round < 20_000; round++) {
      byte[] broken = sound.clone();
      for (int i = 0; i <= round % 4; i++) {
        broken[4 + random.nextInt(NotedElf.END - 4)] =
            (byte) (random.nextBoolean() ? 0xff : random.nextInt());
      }
      of(broken);
    }
    byte[] huge = sound.clone();
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 32, 1L << 40);
    assertThat(of(huge)).isNull();
  }
}
