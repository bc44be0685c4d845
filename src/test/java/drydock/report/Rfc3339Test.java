package drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Rfc3339Test {
  @Test
  void fractionHasTheDigitsThatAreStoredAndNoZerosBehindThem() {
    assertThat(Rfc3339.of(Instant.parse("2026-11-22T01:00:49.947622168Z")))
        .isEqualTo("2026-11-22T01:00:49.947622168Z");
    assertThat(Rfc3339.of(Instant.parse("2026-11-22T01:00:49.900Z")))
        .isEqualTo("2026-11-22T01:00:49.9Z");
    assertThat(Rfc3339.of(Instant.parse("2026-11-22T01:00:49.000000001Z")))
        .isEqualTo("2026-11-22T01:00:49.000000001Z");
    assertThat(Rfc3339.of(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void everyTimeReadsBackToItself() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(-80_000_000_000L, 300_000_000_000L);
      Instant time = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      String text = Rfc3339.of(time);
      assertThat(Instant.parse(text)).isEqualTo(time);
      assertThat(text).doesNotContain("0Z");
    }
    for (long second : new long[] {Instant.MIN.getEpochSecond(), -62167219201L, 253402300800L}) {
      Instant time = Instant.ofEpochSecond(second);
      assertThat(Rfc3339.of(time)).isEqualTo(time.toString());
    }
  }

  @Test
  void tablesCutToTheSecondAlsoBefore1970() {
    assertThat(Rfc3339.toTheSecond(Instant.parse("2026-11-22T01:00:49.999Z")))
        .isEqualTo("2026-11-22T01:00:49Z");
    assertThat(Rfc3339.toTheSecond(Instant.ofEpochSecond(-1, 999_999_999)))
        .isEqualTo("1969-12-31T23:59:59Z");
  }
}
