package drydock.export.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A header block in the form {@code ustar} (IEEE Std 1003.1-2017, pax, "ustar Interchange Format").
 * What does not fit into a field is cut: a record says it in full. One is used for header after
 * header. For one thread.
 */
final class Block {
  static final int BYTES = 512;
  static final int NAME_BYTES = 100;

  /** The largest number that eleven octal digits hold. */
  static final long MOST_SIZE = 077777777777L;

  /** The largest number that seven octal digits hold. */
  static final long MOST_ID = 07777777;

  private static final int MODE = 100;
  private static final int UID = 108;
  private static final int GID = 116;
  private static final int SIZE = 124;
  private static final int MODIFIED = 136;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int LINK = 157;
  private static final int MAGIC = 257;
  private static final int MAJOR = 329;
  private static final int MINOR = 337;

  /** The field behind it, for the first part of a long name, is never used. */
  private static final int USED = 345;

  /** What all have alike; never written to. */
  private static final byte[] BEGINNING = beginning();

  private final byte[] bytes = new byte[BYTES];
  private int nameEnd;
  private int linkEnd;

  private static byte[] beginning() {
    byte[] bytes = new byte[BYTES];
    byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, bytes, MAGIC, magic.length);
    for (int id : new int[] {MODE, UID, GID, MAJOR, MINOR}) {
      octal(bytes, id, 7, 0);
    }
    octal(bytes, SIZE, 11, 0);
    octal(bytes, MODIFIED, 11, 0);
    Arrays.fill(bytes, CHECKSUM, CHECKSUM + 8, (byte) ' ');
    return bytes;
  }

  /** Begins a header, whatever was in this one. */
  Block begin(char type) {
    System.arraycopy(BEGINNING, 0, bytes, 0, BYTES);
    bytes[TYPE] = (byte) type;
    nameEnd = 0;
    linkEnd = LINK;
    return this;
  }

  Block name(byte[] name) {
    nameEnd = Math.min(NAME_BYTES, name.length);
    System.arraycopy(name, 0, bytes, 0, nameEnd);
    return this;
  }

  Block link(byte[] target) {
    int length = Math.min(NAME_BYTES, target.length);
    System.arraycopy(target, 0, bytes, LINK, length);
    linkEnd = LINK + length;
    return this;
  }

  Block mode(int permissions) {
    octal(MODE, 7, permissions);
    return this;
  }

  Block owner(long uid, long gid) {
    octal(UID, 7, Math.min(uid, MOST_ID));
    octal(GID, 7, Math.min(gid, MOST_ID));
    return this;
  }

  Block size(long size) {
    octal(SIZE, 11, Math.min(size, MOST_SIZE));
    return this;
  }

  Block modified(long seconds) {
    octal(MODIFIED, 11, Math.max(0, Math.min(seconds, MOST_SIZE)));
    return this;
  }

  /** A device's number; halves that are too large go in as GNU tar writes them, as binary. */
  Block device(long major, long minor) {
    number(MAJOR, major);
    number(MINOR, minor);
    return this;
  }

  private void number(int at, long value) {
    if (value <= MOST_ID) {
      octal(at, 7, value);
      return;
    }
    for (int i = 7; i > 0; i--) {
      bytes[at + i] = (byte) (value >>> (8 * (7 - i)));
    }
    bytes[at] = (byte) 0x80;
  }

  private void octal(int at, int digits, long value) {
    octal(bytes, at, digits, value);
  }

  private static void octal(byte[] bytes, int at, int digits, long value) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
    bytes[at + digits] = 0;
  }

  /**
   * The block with its checksum, once, until the next begins; what lies between its parts is zeros.
   */
  byte[] sealed() {
    int sum = sum(0, nameEnd) + sum(MODE, linkEnd) + sum(MAGIC, USED);
    octal(CHECKSUM, 6, sum);
    bytes[CHECKSUM + 7] = ' ';
    return bytes;
  }

  private int sum(int from, int end) {
    int sum = 0;
    for (int i = from; i < end; i++) {
      sum += bytes[i] & 0xff;
    }
    return sum;
  }
}
