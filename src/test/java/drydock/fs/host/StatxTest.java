package drydock.fs.host;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Device;
import drydock.fs.NodeType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatxTest {
  private final ByteBuffer raw = ByteBuffer.allocate(Statx.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void everyFieldIsWhereTheKernelPutsIt() {
    raw.putInt(0, 0xfff).putInt(16, 3).putInt(20, -2).putInt(24, 7).putShort(28, (short) 0107751);
    raw.putLong(32, 1L << 40).putLong(40, 5_000_000_000L);
    time(64, -1, 500_000_000);
    time(80, 1, 1);
    time(96, 2, 2);
    time(112, 4_102_444_800L, 999_999_999);
    raw.putInt(136, 8).putInt(140, 1);

    Host.Stat stat = Statx.decode(raw.array());

    assertThat(stat.meta().type()).isEqualTo(NodeType.FILE);
    assertThat(stat.meta().permissions()).isEqualTo(07751);
    assertThat(stat.meta().links()).isEqualTo(3);
    assertThat(stat.meta().uid()).isEqualTo(4_294_967_294L);
    assertThat(stat.meta().gid()).isEqualTo(7);
    assertThat(stat.meta().inode()).isEqualTo(1L << 40);
    assertThat(stat.meta().size()).isEqualTo(5_000_000_000L);
    assertThat(stat.meta().device()).isNull();
    assertThat(stat.meta().times().accessed()).isEqualTo(Instant.parse("1969-12-31T23:59:59.5Z"));
    assertThat(stat.meta().times().born()).isEqualTo(Instant.ofEpochSecond(1, 1));
    assertThat(stat.meta().times().changed()).isEqualTo(Instant.ofEpochSecond(2, 2));
    assertThat(stat.meta().times().modified())
        .isEqualTo(Instant.parse("2100-01-01T00:00:00.999999999Z"));
  }

  @Test
  void aFileSystemWithoutBirthsHasNone() {
    raw.putInt(0, 0x7ff).putShort(28, (short) 0100644);
    time(80, 5, 5);

    assertThat(Statx.decode(raw.array()).meta().times().born()).isNull();
  }

  @Test
  void devicesHaveNumbersAndDifferentFileSystemsAreToldApart() {
    raw.putShort(28, (short) 0020600).putInt(128, 1).putInt(132, 0xfffff);
    Host.Stat one = Statx.decode(raw.array());
    raw.putInt(140, 9);

    assertThat(one.meta().device()).isEqualTo(new Device(1, 0xfffff));
    assertThat(one.identity()).isNotEqualTo(Statx.decode(raw.array()).identity());
  }

  @Test
  void aTimeThatNoClockShowsIsUnknown() {
    raw.putShort(28, (short) 0100644);
    time(112, Long.MAX_VALUE, 0);

    assertThat(Statx.decode(raw.array()).meta().times().modified()).isNull();
  }

  private void time(int at, long seconds, int nanoseconds) {
    raw.putLong(at, seconds).putInt(at + 8, nanoseconds);
  }
}
