package drydock.checkpoint.criu;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Address and port of one side of a connection.
 *
 * @param raw 4 or 16 bytes
 */
record InetEndpoint(byte[] raw, int port) {
  private static final int V4 = 4;
  private static final int MAPPED_PREFIX = 12;

  /** Words as they lie in memory; null when they are no address. */
  static @Nullable InetEndpoint of(List<Integer> words, int port) {
    if (words.size() != 1 && words.size() != V4) {
      return null;
    }
    byte[] raw = new byte[words.size() * Integer.BYTES];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (words.get(i / Integer.BYTES) >>> Byte.SIZE * (i % Integer.BYTES));
    }
    return new InetEndpoint(raw, port & 0xffff);
  }

  boolean isAny() {
    for (byte each : raw) {
      if (each != 0) {
        return false;
      }
    }
    return port == 0;
  }

  /** The same in its shortest form: of an IPv4 address within IPv6 the former. */
  String key() {
    boolean mapped = raw.length > V4 && raw[10] == -1 && raw[11] == -1;
    for (int i = 0; mapped && i < 10; i++) {
      mapped = raw[i] == 0;
    }
    byte[] shortest = mapped ? Arrays.copyOfRange(raw, MAPPED_PREFIX, raw.length) : raw;
    return IpAddress.text(shortest) + " " + port;
  }

  String text() {
    String address = IpAddress.text(raw);
    return raw.length == V4 ? address + ":" + port : "[" + address + "]:" + port;
  }
}
