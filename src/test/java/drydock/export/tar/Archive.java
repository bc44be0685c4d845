package drydock.export.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pax archive read the plain way, to be looked at by tests: every entry in its order. */
public final class Archive {
  /**
   * An entry.
   *
   * @param records of its extended header, values as ISO 8859-1
   * @param stored its data as they lie in the archive
   */
  public record Entry(
      char type,
      byte[] name,
      byte[] link,
      long mode,
      long uid,
      long gid,
      long modified,
      long major,
      long minor,
      Map<String, String> records,
      byte[] stored) {
    public String text() {
      return new String(name, StandardCharsets.ISO_8859_1);
    }

    public String linkText() {
      return new String(link, StandardCharsets.ISO_8859_1);
    }
  }

  private final byte[] bytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int at;

  private Archive(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The entries by their names. */
  public static Map<String, Entry> read(byte[] bytes) {
    Archive archive = new Archive(bytes);
    archive.readAll();
    return archive.entries;
  }

  private void readAll() {
    if (bytes.length % 10240 != 0) {
      throw new IllegalStateException("no whole records");
    }
    Map<String, String> records = new LinkedHashMap<>();
    while (bytes[at] != 0) {
      int header = at;
      check(header);
      char type = (char) bytes[header + 156];
      String size = records.getOrDefault("size", "" + number(header + 124, 12));
      byte[] data = Arrays.copyOfRange(bytes, at + 512, at + 512 + Integer.parseInt(size));
      at += 512 + (data.length + 511) / 512 * 512;
      if (type == 'x') {
        records = records(data);
        continue;
      }
      Entry entry = entry(header, type, records, data);
      if (entries.put(entry.text(), entry) != null) {
        throw new IllegalStateException("twice: " + entry.text());
      }
      records = new LinkedHashMap<>();
    }
    for (int i = at; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        throw new IllegalStateException("not zero behind the end");
      }
    }
  }

  private Entry entry(int header, char type, Map<String, String> records, byte[] data) {
    String path = records.getOrDefault("GNU.sparse.name", records.get("path"));
    return new Entry(
        type,
        path == null ? text(header, 100) : path.getBytes(StandardCharsets.ISO_8859_1),
        records.containsKey("linkpath")
            ? records.get("linkpath").getBytes(StandardCharsets.ISO_8859_1)
            : text(header + 157, 100),
        number(header + 100, 8),
        Long.parseLong(records.getOrDefault("uid", "" + number(header + 108, 8))),
        Long.parseLong(records.getOrDefault("gid", "" + number(header + 116, 8))),
        number(header + 136, 12),
        number(header + 329, 8),
        number(header + 337, 8),
        records,
        data);
  }

  private void check(int header) {
    long sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : bytes[header + i] & 0xff;
    }
    if (sum != number(header + 148, 7)) {
      throw new IllegalStateException("checksum at " + header);
    }
  }

  private byte[] text(int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(bytes, from, end);
  }

  private long number(int from, int length) {
    if (bytes[from] == (byte) 0x80) {
      long value = 0;
      for (int i = 1; i < length; i++) {
        value = value << 8 | bytes[from + i] & 0xff;
      }
      return value;
    }
    String digits = new String(text(from, length), StandardCharsets.ISO_8859_1).strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static Map<String, String> records(byte[] data) {
    Map<String, String> records = new LinkedHashMap<>();
    String text = new String(data, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < text.length()) {
      int space = text.indexOf(' ', at);
      int length = Integer.parseInt(text.substring(at, space));
      String record = text.substring(space + 1, at + length);
      if (!record.endsWith("\n")) {
        throw new IllegalStateException("a record of the wrong length: " + record);
      }
      int equals = record.indexOf('=');
      records.put(record.substring(0, equals), record.substring(equals + 1, record.length() - 1));
      at += length;
    }
    return records;
  }
}
