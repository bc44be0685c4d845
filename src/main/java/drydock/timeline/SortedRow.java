package drydock.timeline;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;

/** A text with what it is sorted by. */
final class SortedRow {
  /** By time, then by origin, then by the text itself. */
  static final Comparator<SortedRow> ORDER = SortedRow::compare;

  /** About what an object costs besides its bytes. */
  private static final int OBJECT_BYTES = 64;

  private final long seconds;
  private final int nanos;
  private final int originLength;

  /** The origin and behind it the text. */
  private final byte[] bytes;

  private SortedRow(long seconds, int nanos, int originLength, byte[] bytes) {
    this.seconds = seconds;
    this.nanos = nanos;
    this.originLength = originLength;
    this.bytes = bytes;
  }

  static SortedRow of(Instant time, byte[] origin, byte[] text) {
    byte[] both = Arrays.copyOf(origin, origin.length + text.length);
    System.arraycopy(text, 0, both, origin.length, text.length);
    return new SortedRow(time.getEpochSecond(), time.getNano(), origin.length, both);
  }

  /** How much memory it takes, about. */
  long weight() {
    return (long) OBJECT_BYTES + bytes.length;
  }

  void writeText(OutputStream out) throws IOException {
    out.write(bytes, originLength, bytes.length - originLength);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(seconds);
    out.writeInt(nanos);
    out.writeInt(originLength);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** What {@link #write} wrote. */
  static SortedRow read(DataInputStream in) throws IOException {
    long seconds = in.readLong();
    int nanos = in.readInt();
    int originLength = in.readInt();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new SortedRow(seconds, nanos, originLength, bytes);
  }

  private static int compare(SortedRow a, SortedRow b) {
    if (a.seconds != b.seconds) {
      return Long.compare(a.seconds, b.seconds);
    }
    if (a.nanos != b.nanos) {
      return Integer.compare(a.nanos, b.nanos);
    }
    int order = Arrays.compareUnsigned(a.bytes, 0, a.originLength, b.bytes, 0, b.originLength);
    return order != 0
        ? order
        : Arrays.compareUnsigned(
            a.bytes, a.originLength, a.bytes.length, b.bytes, b.originLength, b.bytes.length);
  }
}
