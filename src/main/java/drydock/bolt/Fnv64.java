package drydock.bolt;

/** The FNV-1a hash of 64 bits (draft-eastlake-fnv, section 2), as Bolt's meta pages carry it. */
final class Fnv64 {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv64() {}

  static long hash(byte[] bytes, int from, int length) {
    long hash = OFFSET_BASIS;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * PRIME;
    }
    return hash;
  }
}
