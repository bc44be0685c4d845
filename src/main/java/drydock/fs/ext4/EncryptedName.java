package drydock.fs.ext4;

import drydock.fs.Name;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names and link targets of encrypted directories as the kernel shows them to who has no key:
 * base64url of the directory hash, the stored bytes and, where there are many, the SHA-256 of the
 * rest (kernel {@code fs/crypto/fname.c}, {@code struct fscrypt_nokey_name}).
 */
final class EncryptedName {
  private static final int SHOWN_BYTES = 149;
  private static final int LENGTH_BYTES = 2;

  private EncryptedName() {}

  /**
   * An entry of an encrypted directory as it is shown.
   *
   * @param hash the one that is stored with the name; null where none is
   */
  static Dirent of(
      Volume volume, Inode directory, Dirent stored, DirectoryHash.@Nullable Value hash) {
    byte[] name = stored.name().bytes();
    DirectoryHash.Value shown =
        hash != null
            ? hash
            : NameHash.of(volume, directory, volume.superblock().defaultHash())
                .flatMap(kind -> kind.of(name))
                .orElse(new DirectoryHash.Value(0, 0));
    return new Dirent(Name.of(shown(name, shown)), stored.inode(), stored.type());
  }

  static byte[] shown(byte[] stored, DirectoryHash.Value hash) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] numbers = new byte[8];
    Checksums.putInt(numbers, 0, hash.hash());
    Checksums.putInt(numbers, 4, hash.minor());
    out.writeBytes(numbers);
    out.write(stored, 0, Math.min(stored.length, SHOWN_BYTES));
    if (stored.length > SHOWN_BYTES) {
      MessageDigest sha256 = sha256();
      sha256.update(stored, SHOWN_BYTES, stored.length - SHOWN_BYTES);
      out.writeBytes(sha256.digest());
    }
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A symlink's target: two bytes say how long what follows is. */
  static byte[] target(byte[] stored) {
    int stated = stored.length < LENGTH_BYTES ? 0 : (stored[0] & 0xff) | (stored[1] & 0xff) << 8;
    int length = Math.max(0, Math.min(stated, stored.length - LENGTH_BYTES));
    byte[] encrypted = new byte[length];
    System.arraycopy(stored, Math.min(LENGTH_BYTES, stored.length), encrypted, 0, length);
    return shown(encrypted, new DirectoryHash.Value(0, 0));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
