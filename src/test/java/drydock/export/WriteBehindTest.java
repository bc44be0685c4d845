package drydock.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteBehindTest {
  private static final int PIECE = 256 << 10;

  /** Takes a few bytes at a time, and at most so many in all. */
  private static final class Narrow implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final int room;
    boolean open = true;

    Narrow(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      if (taken.size() >= room) {
        throw new IOException("no room");
      }
      byte[] some = new byte[Math.min(from.remaining(), 50_000)];
      from.get(some);
      taken.writeBytes(some);
      return some.length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  @Test
  void everythingArrivesInItsOrder() throws IOException {
    Narrow channel = new Narrow(Integer.MAX_VALUE);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Random random = new Random(7);
    try (WriteBehind out = new WriteBehind(channel)) {
      for (int i = 0; i < 400; i++) {
        byte[] bytes = new byte[random.nextInt(i % 50 == 0 ? 3 * PIECE : 9000)];
        random.nextBytes(bytes);
        int from = bytes.length / 3;
        out.write(bytes, from, bytes.length - from);
        expected.write(bytes, from, bytes.length - from);
        out.write(i);
        expected.write(i);
      }
    }
    assertThat(channel.taken.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(channel.open).isFalse();
  }

  @Test
  void flushWaitsUntilAllIsWritten() throws IOException {
    Narrow channel = new Narrow(Integer.MAX_VALUE);
    try (WriteBehind out = new WriteBehind(channel)) {
      out.write(new byte[PIECE + 5]);
      out.flush();
      assertThat(channel.taken.size()).isEqualTo(PIECE + 5);
      out.write(1);
      out.flush();
      assertThat(channel.taken.size()).isEqualTo(PIECE + 6);
    }
  }

  @Test
  void whatGoesWrongIsToldAndNothingIsWrittenBehindIt() throws IOException {
    Narrow channel = new Narrow(PIECE);
    WriteBehind out = new WriteBehind(channel);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                out.write(new byte[PIECE]);
              }
            })
        .hasMessage("no room");
    int taken = channel.taken.size();
    assertThatThrownBy(out::flush).hasMessage("no room");
    assertThatThrownBy(out::close).hasMessage("no room");
    assertThat(channel.taken.size()).isEqualTo(taken);
    assertThat(channel.open).isFalse();
  }

  @Test
  void whatGoesWrongWithTheLastPieceIsToldByClose() {
    Narrow channel = new Narrow(0);
    WriteBehind out = new WriteBehind(channel);
    assertThatThrownBy(
            () -> {
              out.write(1);
              out.close();
            })
        .hasMessage("no room");
    assertThat(channel.open).isFalse();
  }

  @Test
  void givenUpItWritesNothingMore() throws IOException {
    Narrow channel = new Narrow(Integer.MAX_VALUE);
    WriteBehind out = new WriteBehind(channel);
    out.write(new byte[100]);
    out.giveUp();
    assertThat(channel.taken.size()).isZero();
    assertThat(channel.open).isFalse();
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
  }
}
