package drydock.finding;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final Origin DISK = Origin.of("disk.raw");

  private static Severity severityOf(IOException trouble) {
    FindingLog log = new FindingLog();
    Object part =
        new Parts(DISK, log)
            .attempt(
                () -> {
                  throw trouble;
                });
    assertThat(part).isNull();
    return log.list().get(0).severity();
  }

  @Test
  void whatIsSoundAndNotReadIsMissingAndNoDamage() {
    assertThat(severityOf(new UnsupportedFormatException(DISK, "holds XFS")))
        .isEqualTo(Severity.MISSING);
    assertThat(severityOf(new NoSuchFileException("/etc"))).isEqualTo(Severity.MISSING);
    assertThat(severityOf(new CorruptDataException(DISK, 0, "torn"))).isEqualTo(Severity.DAMAGE);
  }

  @Test
  void aPartThatCanBeReadIsTheAnswer() {
    FindingLog log = new FindingLog();
    assertThat(new Parts(DISK, log).attempt(() -> "x")).isEqualTo("x");
    assertThat(log.list()).isEmpty();
  }
}
