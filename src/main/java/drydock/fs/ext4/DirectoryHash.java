package drydock.fs.ext4;

import java.util.Arrays;

/**
 * The hash of a name in a hashed directory (kernel {@code fs/ext4/hash.c}). The variants differ,
 * too, in whether the machine that made the directory took bytes as signed. Not safe from several
 * threads.
 */
public final class DirectoryHash {
  static final int LEGACY = 0;

  /** What file systems are made with. */
  public static final int HALF_MD4 = 1;

  static final int TEA = 2;

  /** Of the stored name together with a key; only in directories that store it with each name. */
  static final int SIP_HASH = 6;

  private static final int FIRST_UNSIGNED = 3;
  private static final int END_OF_TREE = 0xffff_fffe;
  private static final int[] DEFAULT_SEED = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

  private final int kind;
  private final boolean unsigned;
  private final int[] seed;
  private final int[] state = new int[4];
  private final int[] in = new int[8];
  private int minor;

  /**
   * The hash of a version as a root or the superblock states it; one that {@link #isComputable}.
   *
   * @param unsigned whether bytes are taken as unsigned where the version does not say
   */
  public DirectoryHash(int version, boolean unsigned, int[] seed) {
    boolean statedUnsigned = version >= FIRST_UNSIGNED;
    this.kind = statedUnsigned ? version - FIRST_UNSIGNED : version;
    this.unsigned = statedUnsigned || unsigned;
    this.seed = isZero(seed) ? DEFAULT_SEED : seed.clone();
  }

  /** Whether a name's hash of that version follows from the name alone. */
  static boolean isComputable(int version) {
    return version >= 0 && version < 2 * FIRST_UNSIGNED;
  }

  /**
   * A name's place in the tree.
   *
   * @param hash its lowest bit cleared
   * @param minor what tells names of the same hash apart
   */
  record Value(int hash, int minor) {}

  Value value(byte[] name) {
    int hash = of(name, 0, name.length);
    return new Value(hash, minor);
  }

  /** The hash of a name that is a part of an array; its lowest bit is cleared. */
  public int of(byte[] raw, int from, int length) {
    System.arraycopy(seed, 0, state, 0, state.length);
    minor = 0;
    int hash =
        switch (kind) {
          case LEGACY -> legacy(raw, from, length);
          case HALF_MD4 -> halfMd4(raw, from, length);
          default -> tea(raw, from, length);
        };
    hash &= ~1;
    return hash == END_OF_TREE ? END_OF_TREE - 2 : hash;
  }

  private static boolean isZero(int[] seed) {
    return (seed[0] | seed[1] | seed[2] | seed[3]) == 0;
  }

  private int legacy(byte[] raw, int from, int length) {
    int current = 0x12a3fe2d;
    int previous = 0x37abe8f9;
    for (int i = from; i < from + length; i++) {
      int next = previous + (current ^ value(raw[i]) * 7152373);
      if (next < 0) {
        next -= 0x7fffffff;
      }
      previous = current;
      current = next;
    }
    return current << 1;
  }

  private int value(byte each) {
    return unsigned ? each & 0xff : each;
  }

  /** The next piece of a name as words, the first byte highest, filled up with its length. */
  private void words(byte[] raw, int from, int left, int count) {
    Arrays.fill(in, 0, count, (left | left << 8) * 0x10001);
    int length = Math.min(left, count * 4);
    for (int i = 0; i < length; i++) {
      in[i / 4] = value(raw[from + i]) + (in[i / 4] << 8);
    }
  }

  private int tea(byte[] raw, int from, int length) {
    for (int done = 0; done < length; done += 16) {
      words(raw, from + done, length - done, 4);
      int x = state[0];
      int y = state[1];
      int sum = 0;
      for (int round = 0; round < 16; round++) {
        sum += 0x9e3779b9;
        x += (y << 4) + in[0] ^ y + sum ^ (y >>> 5) + in[1];
        y += (x << 4) + in[2] ^ x + sum ^ (x >>> 5) + in[3];
      }
      state[0] += x;
      state[1] += y;
    }
    minor = state[1];
    return state[0];
  }

  private int halfMd4(byte[] raw, int from, int length) {
    for (int done = 0; done < length; done += 32) {
      words(raw, from + done, length - done, 8);
      mixHalfMd4();
    }
    minor = state[2];
    return state[1];
  }

  /** Written out, step by step: listings of large directories spend their time here. */
  private void mixHalfMd4() {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    for (int i = 0; i < 8; i += 4) {
      a = Integer.rotateLeft(a + (d ^ b & (c ^ d)) + in[i], 3);
      d = Integer.rotateLeft(d + (c ^ a & (b ^ c)) + in[i + 1], 7);
      c = Integer.rotateLeft(c + (b ^ d & (a ^ b)) + in[i + 2], 11);
      b = Integer.rotateLeft(b + (a ^ c & (d ^ a)) + in[i + 3], 19);
    }
    for (int i = 1; i >= 0; i--) {
      a = Integer.rotateLeft(a + majority(b, c, d) + in[i] + 0x5a827999, 3);
      d = Integer.rotateLeft(d + majority(a, b, c) + in[i + 2] + 0x5a827999, 5);
      c = Integer.rotateLeft(c + majority(d, a, b) + in[i + 4] + 0x5a827999, 9);
      b = Integer.rotateLeft(b + majority(c, d, a) + in[i + 6] + 0x5a827999, 13);
    }
    for (int i = 3; i > 0; i -= 2) {
      a = Integer.rotateLeft(a + (b ^ c ^ d) + in[i] + 0x6ed9eba1, 3);
      d = Integer.rotateLeft(d + (a ^ b ^ c) + in[i + 4] + 0x6ed9eba1, 9);
      c = Integer.rotateLeft(c + (d ^ a ^ b) + in[i - 1] + 0x6ed9eba1, 11);
      b = Integer.rotateLeft(b + (c ^ d ^ a) + in[i + 3] + 0x6ed9eba1, 15);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }

  private static int majority(int x, int y, int z) {
    return (x & y) + ((x ^ y) & z);
  }
}
