package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An archive as a test writes it down, byte for byte: no library decides what is in it. */
public final class TarBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Map<String, byte[]> pax = Map.of();
  private int mode = 0644;
  private long uid;
  private long gid;
  private long modified = 1_500_000_000;

  /** What the next entries have, until it is said anew. */
  public TarBytes as(int newMode, long newUid, long newGid, long newModified) {
    mode = newMode;
    uid = newUid;
    gid = newGid;
    modified = newModified;
    return this;
  }

  /** A record before the next entry. */
  public TarBytes pax(String key, String value) {
    return pax(key, value.getBytes(UTF_8));
  }

  public TarBytes pax(String key, byte[] value) {
    Map<String, byte[]> more = new TreeMap<>(pax);
    more.put(key, value);
    pax = more;
    return this;
  }

  public TarBytes dir(String name) {
    return entry('5', name, "", new byte[0]);
  }

  public TarBytes file(String name, String content) {
    return entry('0', name, "", content.getBytes(UTF_8));
  }

  public TarBytes symlink(String name, String target) {
    return entry('2', name, target, new byte[0]);
  }

  public TarBytes link(String name, String target) {
    return entry('1', name, target, new byte[0]);
  }

  /** Any entry; of names each letter is a byte. */
  public TarBytes entry(char type, String name, String target, byte[] content) {
    if (!pax.isEmpty()) {
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      pax.forEach((key, value) -> records.writeBytes(record(key, value)));
      pax = Map.of();
      raw(header('x', "pax", "", records.size()), records.toByteArray());
    }
    return raw(header(type, name, target, content.length), content);
  }

  /** A header as it is, and content up to the next block. */
  public TarBytes raw(byte[] header, byte[] content) {
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[-content.length & 511]);
    return this;
  }

  public static byte[] record(String key, byte[] value) {
    byte[] text = (" " + key + "=").getBytes(UTF_8);
    int length = text.length + value.length + 1;
    int digits = Integer.toString(length).length();
    digits = Integer.toString(length + digits).length();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(Integer.toString(length + digits).getBytes(UTF_8));
    record.writeBytes(text);
    record.writeBytes(value);
    record.write('\n');
    return record.toByteArray();
  }

  public byte[] header(char type, String name, String target, long size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    octal(header, 100, 7, mode);
    octal(header, 108, 7, uid);
    octal(header, 116, 7, gid);
    octal(header, 124, 11, size);
    octal(header, 136, 11, Math.max(0, modified));
    header[156] = (byte) type;
    put(header, 157, target);
    put(header, 257, "ustar\00000");
    octal(header, 329, 7, 0);
    octal(header, 337, 7, 0);
    return summed(header);
  }

  public static byte[] summed(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    octal(header, 148, 6, sum);
    header[154] = 0;
    return header;
  }

  public static void octal(byte[] header, int at, int digits, long number) {
    put(header, at, String.format(Locale.ROOT, "%0" + digits + "o", number));
  }

  public static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** With two blocks of zeros at the end. */
  public byte[] done() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  /** Without an end. */
  public byte[] unfinished() {
    return out.toByteArray();
  }
}
