package drydock.fs.ext4;

import java.util.Optional;

/**
 * The hash of a name in a hashed directory (kernel {@code fs/ext4/hash.c}). The variants differ,
 * too, in whether the machine that made the directory took bytes as signed.
 */
final class DirectoryHash {
  static final int LEGACY = 0;
  static final int HALF_MD4 = 1;
  static final int TEA = 2;

  private static final int END_OF_TREE = 0xffff_fffe;
  private static final int[] DEFAULT_SEED = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

  private DirectoryHash() {}

  /**
   * A name's place in the tree.
   *
   * @param hash its lowest bit cleared
   * @param minor what tells names of the same hash apart
   */
  record Value(int hash, int minor) {}

  /** The hash of a name; empty for a kind that cannot be computed. */
  static Optional<Value> of(byte[] name, int kind, boolean unsigned, int[] seed) {
    int[] state = isZero(seed) ? DEFAULT_SEED.clone() : seed.clone();
    int hash;
    int minor = 0;
    switch (kind) {
      case LEGACY -> hash = legacy(name, unsigned);
      case HALF_MD4 -> {
        for (int from = 0; from < name.length; from += 32) {
          halfMd4(state, words(name, from, 8, unsigned));
        }
        hash = state[1];
        minor = state[2];
      }
      case TEA -> {
        for (int from = 0; from < name.length; from += 16) {
          tea(state, words(name, from, 4, unsigned));
        }
        hash = state[0];
        minor = state[1];
      }
      default -> {
        return Optional.empty();
      }
    }
    hash &= ~1;
    return Optional.of(new Value(hash == END_OF_TREE ? END_OF_TREE - 2 : hash, minor));
  }

  private static boolean isZero(int[] seed) {
    return (seed[0] | seed[1] | seed[2] | seed[3]) == 0;
  }

  private static int legacy(byte[] name, boolean unsigned) {
    int current = 0x12a3fe2d;
    int previous = 0x37abe8f9;
    for (byte each : name) {
      int next = previous + (current ^ value(each, unsigned) * 7152373);
      if (next < 0) {
        next -= 0x7fffffff;
      }
      previous = current;
      current = next;
    }
    return current << 1;
  }

  private static int value(byte each, boolean unsigned) {
    return unsigned ? each & 0xff : each;
  }

  /** The next piece of a name as words, the first byte highest, filled up with its length. */
  private static int[] words(byte[] name, int from, int count, boolean unsigned) {
    int left = name.length - from;
    int filler = (left | left << 8) * 0x10001;
    int[] words = new int[count];
    int length = Math.min(left, count * 4);
    for (int word = 0; word < count; word++) {
      int value = filler;
      for (int i = word * 4; i < Math.min(length, word * 4 + 4); i++) {
        value = value(name[from + i], unsigned) + (value << 8);
      }
      words[word] = value;
    }
    return words;
  }

  private static void tea(int[] state, int[] in) {
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

  private static final int[][] MD4_ORDER = {
    {0, 1, 2, 3, 4, 5, 6, 7}, {1, 3, 5, 7, 0, 2, 4, 6}, {3, 7, 2, 6, 1, 5, 0, 4}
  };
  private static final int[][] MD4_SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[] MD4_CONSTANTS = {0, 0x5a827999, 0x6ed9eba1};

  private static void halfMd4(int[] state, int[] in) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    for (int round = 0; round < 3; round++) {
      for (int step = 0; step < 8; step++) {
        int sum = a + mixed(round, b, c, d) + in[MD4_ORDER[round][step]] + MD4_CONSTANTS[round];
        a = d;
        d = c;
        c = b;
        b = Integer.rotateLeft(sum, MD4_SHIFTS[round][step % 4]);
      }
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }

  private static int mixed(int round, int x, int y, int z) {
    return switch (round) {
      case 0 -> z ^ x & (y ^ z);
      case 1 -> (x & y) + ((x ^ y) & z);
      default -> x ^ y ^ z;
    };
  }
}
