package drydock.fs.tar;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.Name;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records that may stand before an entry: {@code LENGTH KEY=VALUE\n}, the length in bytes and
 * its own digits counted. Keys are text, values bytes; the last one of a key counts.
 */
final class PaxRecords {
  static final PaxRecords NONE = new PaxRecords(Map.of(), List.of());

  private static final String ATTRIBUTE = "SCHILY.xattr.";
  private static final String SPARSE = "GNU.sparse.";
  private static final String PIECE_START = SPARSE + "offset";
  private static final String PIECE_LENGTH = SPARSE + "numbytes";
  private static final int MAX_LENGTH_DIGITS = 9;
  private static final int NANO_DIGITS = 9;
  private static final int MAX_TIME_DIGITS = 40;

  private final Map<String, byte[]> records;

  /** Of the keys that may stand there many times: starts and lengths of pieces, in turn. */
  private final List<String> pieces;

  private PaxRecords(Map<String, byte[]> records, List<String> pieces) {
    this.records = records;
    this.pieces = pieces;
  }

  static PaxRecords decode(byte[] raw, Origin origin, long at) throws CorruptDataException {
    Map<String, byte[]> records = new HashMap<>();
    List<String> pieces = new ArrayList<>();
    int position = 0;
    while (position < raw.length) {
      int blank = position;
      int length = 0;
      while (blank < raw.length && raw[blank] >= '0' && raw[blank] <= '9') {
        length = length * 10 + raw[blank++] - '0';
        if (blank - position > MAX_LENGTH_DIGITS) {
          throw fault(origin, at + position);
        }
      }
      int end = position + length;
      int equals = blank;
      while (equals < raw.length && equals < end && raw[equals] != '=') {
        equals++;
      }
      boolean sound =
          blank > position
              && length <= raw.length - position
              && equals > blank + 1
              && equals < end - 1
              && raw[blank] == ' '
              && raw[end - 1] == '\n';
      if (!sound) {
        throw fault(origin, at + position);
      }
      String key = new String(raw, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
      byte[] value = Arrays.copyOfRange(raw, equals + 1, end - 1);
      records.put(key, value);
      if (key.equals(PIECE_START) || key.equals(PIECE_LENGTH)) {
        pieces.add(new String(value, StandardCharsets.US_ASCII));
      }
      position = end;
    }
    return new PaxRecords(records, pieces);
  }

  private static CorruptDataException fault(Origin origin, long at) {
    return new CorruptDataException(origin, at, "not a pax record");
  }

  /** A text's bytes; null where there is none, or an empty one, which means the header's. */
  byte @Nullable [] bytes(String key) {
    byte[] value = records.get(key);
    return value == null || value.length == 0 ? null : value;
  }

  /** A whole number, or the header's. */
  long number(String key, long header, Origin origin, long at) throws CorruptDataException {
    byte[] value = bytes(key);
    if (value == null) {
      return header;
    }
    try {
      return Long.parseLong(new String(value, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new CorruptDataException(
          origin,
          at,
          "a pax record " + key + " that is no number",
          Name.of(value).toString(),
          null);
    }
  }

  /** Seconds with a fraction, what is finer than nanoseconds cut off; or the header's. */
  Instant time(String key, Instant header, Origin origin, long at) throws CorruptDataException {
    byte[] value = bytes(key);
    if (value == null) {
      return header;
    }
    String text = new String(value, StandardCharsets.US_ASCII);
    try {
      if (text.length() <= MAX_TIME_DIGITS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
        BigDecimal nanos = new BigDecimal(text).movePointRight(NANO_DIGITS);
        BigInteger[] parts =
            nanos.toBigInteger().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
      }
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      // said below
    }
    throw new CorruptDataException(
        origin, at, "a pax record " + key + " that is no time", Name.of(value).toString(), null);
  }

  boolean isSparse() {
    return records.keySet().stream().anyMatch(key -> key.startsWith(SPARSE));
  }

  /** Whether the sparse file is of one of the versions that there are. */
  boolean isKnownSparse() {
    String version = text("major") + "." + text("minor");
    boolean mapped = bytes(SPARSE + "map") != null || !pieces.isEmpty();
    return switch (version) {
      case "1.0" -> true;
      case "0.0", "0.1", "." -> mapped;
      default -> false;
    };
  }

  private String text(String key) {
    byte[] value = bytes(SPARSE + key);
    return value == null ? "" : new String(value, StandardCharsets.US_ASCII);
  }

  /** The name of a sparse file; its entry bears another for those who do not know the form. */
  byte @Nullable [] sparseName() {
    return bytes(SPARSE + "name");
  }

  /**
   * The map of a sparse file, read from the records or, with {@code blocks}, from in front of its
   * content.
   */
  SparseMap sparse(SparseReader reader, SparseReader.Blocks blocks, Origin origin, long at)
      throws IOException {
    long size = number(SPARSE + "realsize", number(SPARSE + "size", -1, origin, at), origin, at);
    if (number(SPARSE + "major", 0, origin, at) == 1) {
      return reader.before(blocks, size);
    }
    byte[] map = bytes(SPARSE + "map");
    return reader.records(
        map == null ? pieces : List.of(new String(map, StandardCharsets.US_ASCII).split(",")),
        size);
  }

  /** A time, or null where there is none. */
  @Nullable Instant time(String key, Origin origin, long at) throws CorruptDataException {
    return bytes(key) == null ? null : time(key, Instant.EPOCH, origin, at);
  }

  SortedMap<Name, byte[]> attributes() {
    SortedMap<Name, byte[]> attributes = null;
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      if (record.getKey().startsWith(ATTRIBUTE)) {
        attributes = attributes == null ? new TreeMap<>() : attributes;
        attributes.put(Name.of(record.getKey().substring(ATTRIBUTE.length())), record.getValue());
      }
    }
    return attributes == null ? Collections.emptySortedMap() : attributes;
  }
}
