package drydock.export.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A header block in the form {@code ustar} (IEEE Std 1003.1-2017, pax, "ustar Interchange Format").
 * What does not fit into a field is cut: a record says it in full.
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

  private final byte[] bytes = new byte[BYTES];

  Block(char type) {
    bytes[TYPE] = (byte) type;
    byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, bytes, MAGIC, magic.length);
    mode(0);
    owner(0, 0);
    octal(SIZE, 11, 0);
    octal(MODIFIED, 11, 0);
    octal(MAJOR, 7, 0);
    octal(MINOR, 7, 0);
  }

  Block name(byte[] name) {
    System.arraycopy(name, 0, bytes, 0, Math.min(NAME_BYTES, name.length));
    return this;
  }

  Block link(byte[] target) {
    System.arraycopy(target, 0, bytes, LINK, Math.min(NAME_BYTES, target.length));
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
    for (int i = 0; i < digits; i++) {
      bytes[at + i] = (byte) ('0' + (value >> (3 * (digits - 1 - i)) & 7));
    }
    bytes[at + digits] = 0;
  }

  /** The block with its checksum. */
  byte[] sealed() {
    Arrays.fill(bytes, CHECKSUM, CHECKSUM + 8, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < USED; i++) {
      sum += bytes[i] & 0xff;
    }
    octal(CHECKSUM, 6, sum);
    bytes[CHECKSUM + 7] = ' ';
    return bytes;
  }
}
