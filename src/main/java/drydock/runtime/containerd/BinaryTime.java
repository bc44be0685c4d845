package drydock.runtime.containerd;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time as Go's {@code time.Time.MarshalBinary} writes it (Go {@code src/time/time.go}),
 * big-endian:
 *
 * <pre>
 *   0      version: 1, or 2 with a zone offset that is not whole minutes
 *   1..8   seconds since 0001-01-01T00:00:00Z
 *   9..12  nanoseconds
 *   13..14 zone offset in minutes, -1 for UTC
 *   15     version 2: seconds of the zone offset
 * </pre>
 *
 * The zone only says how it was shown; the seconds are UTC.
 */
final class BinaryTime {
  private static final int LENGTH_V1 = 15;
  private static final int LENGTH_V2 = 16;

  /** 0001-01-01T00:00:00Z in seconds of Unix time. */
  private static final long YEAR_ONE_SECONDS = -62_135_596_800L;

  /** 9999-12-31T23:59:59Z in seconds since year one: RFC 3339 ends there. */
  private static final long MAX_SECONDS = 253_402_300_799L - YEAR_ONE_SECONDS;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private BinaryTime() {}

  /** The time; null for Go's zero time, which stands for none. */
  static @Nullable Instant decode(byte[] raw, Origin origin) throws CorruptDataException {
    boolean known =
        raw.length == LENGTH_V1 && raw[0] == 1 || raw.length == LENGTH_V2 && raw[0] == 2;
    if (!known) {
      String found = raw.length + " bytes" + (raw.length == 0 ? "" : ", version " + raw[0]);
      throw new CorruptDataException(
          origin, 0, "a time of unknown form", found, "15 bytes of version 1 or 16 of version 2");
    }
    ByteBuffer in = ByteBuffer.wrap(raw, 1, raw.length - 1);
    long seconds = in.getLong();
    int nanos = in.getInt();
    if (seconds == 0 && nanos == 0) {
      return null;
    }
    if (seconds < 0 || seconds > MAX_SECONDS || nanos < 0 || nanos >= NANOS_PER_SECOND) {
      String found = seconds + " s and " + nanos + " ns after year one";
      throw new CorruptDataException(origin, 1, "a time out of range", found, "years 1 to 9999");
    }
    return Instant.ofEpochSecond(YEAR_ONE_SECONDS + seconds, nanos);
  }
}
