package drydock.checkpoint.memory;

/**
 * Unpacks one LZ4 block (the LZ4 block format description, version 1.6.3: sequences of a token,
 * literals and a match of at least four bytes up to 65535 back; the last has literals only).
 */
final class Lz4Block {
  private static final int MIN_MATCH = 4;
  private static final int LONG_LENGTH = 15;

  private final byte[] in;
  private final int end;
  private final byte[] out;
  private int at;
  private int made;

  private Lz4Block(byte[] in, int from, int length, byte[] out) {
    this.in = in;
    this.at = from;
    this.end = from + length;
    this.out = out;
  }

  /** Whether the block fills {@code size} bytes of {@code out} exactly. */
  static boolean unpack(byte[] in, int from, int length, byte[] out, int size) {
    Lz4Block block = new Lz4Block(in, from, length, out);
    return block.unpack(size) && block.made == size;
  }

  private boolean unpack(int size) {
    while (at < end) {
      int token = in[at++] & 0xff;
      int literals = length(token >>> 4);
      if (literals < 0 || literals > end - at || literals > size - made) {
        return false;
      }
      System.arraycopy(in, at, out, made, literals);
      at += literals;
      made += literals;
      if (at == end) {
        return true;
      }
      if (!match(token & 0xf, size)) {
        return false;
      }
    }
    return false;
  }

  private boolean match(int code, int size) {
    if (end - at < 2) {
      return false;
    }
    int back = (in[at] & 0xff) | (in[at + 1] & 0xff) << 8;
    at += 2;
    int length = length(code);
    if (length < 0 || back == 0 || back > made || length > size - made - MIN_MATCH) {
      return false;
    }
    for (int stop = made + length + MIN_MATCH; made < stop; made++) {
      out[made] = out[made - back];
    }
    return true;
  }

  /** The length that a half of a token begins; -1 when its further bytes are not there. */
  private int length(int code) {
    int length = code;
    if (code == LONG_LENGTH) {
      int more;
      do {
        if (at == end || length > out.length) {
          return -1;
        }
        more = in[at++] & 0xff;
        length += more;
      } while (more == 0xff);
    }
    return length;
  }
}
