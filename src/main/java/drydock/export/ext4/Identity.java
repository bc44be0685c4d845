package drydock.export.ext4;

import drydock.fs.ext4.DirectoryHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What makes an image that one and no other, derived from what it is an image of: the same for the
 * same text.
 */
record Identity(byte[] label, byte[] uuid, byte[] hashSeed) {
  static final int BYTES = 16;
  static final int HASH_VERSION = DirectoryHash.HALF_MD4;

  /** The identity of an image of what {@code text} names. */
  static Identity of(String label, String text) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
    digest[6] = (byte) (digest[6] & 0x0f | 0x80); // a UUID of our own making (RFC 9562, version 8)
    digest[8] = (byte) (digest[8] & 0x3f | 0x80);
    return new Identity(
        label.getBytes(StandardCharsets.UTF_8),
        Arrays.copyOf(digest, BYTES),
        Arrays.copyOfRange(digest, BYTES, 2 * BYTES));
  }

  DirectoryHash directoryHash() {
    ByteBuffer words = ByteBuffer.wrap(hashSeed).order(ByteOrder.LITTLE_ENDIAN);
    int[] seed = {words.getInt(), words.getInt(), words.getInt(), words.getInt()};
    return new DirectoryHash(HASH_VERSION, false, seed);
  }
}
