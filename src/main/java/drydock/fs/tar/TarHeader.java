package drydock.fs.tar;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.Device;
import java.time.Instant;
import java.util.Arrays;

/**
 * The 512 bytes before an entry's content. Pure: decodes what it is given.
 *
 * @param type the letter of the entry's type; {@code 0} where it is a zero byte
 * @param size in bytes, as it stands there; of what has no content it may be anything
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record TarHeader(
    char type,
    byte[] name,
    long mode,
    long uid,
    long gid,
    long size,
    long modified,
    byte[] target,
    Device device) {
  static final int BYTES = 512;

  private static final String GNU = "ustar  \0";
  private static final int NAME = 0;
  private static final int MODE = 100;
  private static final int UID = 108;
  private static final int GID = 116;
  private static final int SIZE = 124;
  private static final int MTIME = 136;
  private static final int CHECKSUM = 148;
  static final int TYPE = 156;
  private static final int TARGET = 157;
  private static final int MAGIC = 257;
  private static final int MAJOR = 329;
  private static final int MINOR = 337;
  private static final int PREFIX = 345;
  private static final int NAME_BYTES = 100;
  private static final int NUMBER_BYTES = 8;
  private static final int LONG_NUMBER_BYTES = 12;
  private static final int PREFIX_BYTES = 155;
  private static final int STAR_PREFIX_BYTES = 131;
  private static final int STAR_TRAILER = 508;
  private static final long MAX_UNSIGNED = 0xffff_ffffL;

  static TarHeader decode(byte[] raw, Origin origin, long at) throws CorruptDataException {
    Reader in = new Reader(raw, origin, at);
    in.checkSum();
    boolean ustar = in.has(MAGIC, "ustar\0");
    boolean named = ustar || in.has(MAGIC, GNU);
    int prefixBytes = in.has(STAR_TRAILER, "tar\0") ? STAR_PREFIX_BYTES : PREFIX_BYTES;
    byte[] prefix = ustar ? in.text(PREFIX, prefixBytes) : new byte[0];
    return new TarHeader(
        raw[TYPE] == 0 ? '0' : (char) (raw[TYPE] & 0xff),
        joined(prefix, in.text(NAME, NAME_BYTES)),
        in.number(MODE, NUMBER_BYTES),
        in.number(UID, NUMBER_BYTES),
        in.number(GID, NUMBER_BYTES),
        in.number(SIZE, LONG_NUMBER_BYTES),
        in.number(MTIME, LONG_NUMBER_BYTES),
        in.text(TARGET, NAME_BYTES),
        named ? new Device(in.half(MAJOR), in.half(MINOR)) : Device.ZERO);
  }

  /** A number in a field of a block. */
  static long number(byte[] raw, int from, int length, Origin origin, long at)
      throws CorruptDataException {
    return new Reader(raw, origin, at).number(from, length);
  }

  /** Whether GNU tar wrote it in its own form. */
  static boolean isGnu(byte[] raw) {
    for (int i = 0; i < GNU.length(); i++) {
      if (raw[MAGIC + i] != GNU.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it bears the mark of ustar or GNU tar. */
  static boolean isNamed(byte[] raw) {
    return raw[MAGIC] == 'u'
        && raw[MAGIC + 1] == 's'
        && raw[MAGIC + 2] == 't'
        && raw[MAGIC + 3] == 'a'
        && raw[MAGIC + 4] == 'r';
  }

  Instant modifiedTime() {
    return Instant.ofEpochSecond(
        Math.max(Instant.MIN.getEpochSecond(), Math.min(Instant.MAX.getEpochSecond(), modified)));
  }

  private static byte[] joined(byte[] prefix, byte[] name) {
    if (prefix.length == 0) {
      return name;
    }
    byte[] path = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    path[prefix.length] = '/';
    System.arraycopy(name, 0, path, prefix.length + 1, name.length);
    return path;
  }

  /** The fields of one header. */
  private record Reader(byte[] raw, Origin origin, long at) {
    boolean has(int from, String text) {
      for (int i = 0; i < text.length(); i++) {
        if (raw[from + i] != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    byte[] text(int from, int length) {
      int end = from;
      while (end < from + length && raw[end] != 0) {
        end++;
      }
      return Arrays.copyOfRange(raw, from, end);
    }

    long half(int from) throws CorruptDataException {
      long number = number(from, NUMBER_BYTES);
      if (number < 0 || number > MAX_UNSIGNED) {
        throw fault(from, "a device number out of range", Long.toString(number));
      }
      return number;
    }

    /** Octal digits between blanks and zeros or, with the first bit set, a binary number. */
    long number(int from, int length) throws CorruptDataException {
      if ((raw[from] & 0x80) != 0) {
        return binary(from, length);
      }
      int start = from;
      int end = from + length;
      while (start < end && isBlank(raw[start])) {
        start++;
      }
      while (end > start && isBlank(raw[end - 1])) {
        end--;
      }
      long number = 0;
      for (int i = start; i < end && raw[i] != 0; i++) {
        if (raw[i] < '0' || raw[i] > '7') {
          throw fault(i, "a number that is not octal", String.valueOf((char) (raw[i] & 0xff)));
        }
        number = number * 8 + raw[i] - '0';
      }
      return number;
    }

    /** Two's complement, the first bit of it being the second of the field. */
    private long binary(int from, int length) throws CorruptDataException {
      boolean negative = (raw[from] & 0x40) != 0;
      long number = negative ? -1 : 0;
      for (int i = 0; i < length; i++) {
        long each = i == 0 ? raw[from] & 0x3f | (negative ? 0xc0 : 0) : raw[from + i] & 0xff;
        if (number >>> 55 != 0 && number >>> 55 != 0x1ff) {
          throw fault(from, "a number of more than 63 bits", "");
        }
        number = number << 8 | each;
      }
      return number;
    }

    /** The sum of all bytes, its own field taken as blanks; old writers took them as signed. */
    void checkSum() throws CorruptDataException {
      long unsigned = 0;
      long signed = 0;
      for (int i = 0; i < BYTES; i++) {
        boolean own = i >= CHECKSUM && i < CHECKSUM + NUMBER_BYTES;
        unsigned += own ? ' ' : raw[i] & 0xff;
        signed += own ? ' ' : raw[i];
      }
      long stored = number(CHECKSUM, NUMBER_BYTES);
      if (stored != unsigned && stored != signed) {
        throw new CorruptDataException(
            origin,
            at + CHECKSUM,
            "a tar header's checksum does not fit",
            Long.toString(stored),
            Long.toString(unsigned));
      }
    }

    private static boolean isBlank(byte b) {
      return b == ' ' || b == 0;
    }

    private CorruptDataException fault(int from, String what, String found) {
      return new CorruptDataException(origin, at + from, what, found, "a tar header");
    }
  }
}
