package drydock.fs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that files are known by. */
public enum HashAlgorithm {
  SHA256("SHA-256"),
  SHA1("SHA-1"),
  MD5("MD5"),
  SHA512("SHA-512");

  private final String javaName;

  HashAlgorithm(String javaName) {
    this.javaName = javaName;
  }

  /** A fresh digest of this kind. */
  public MessageDigest start() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + javaName, e);
    }
  }
}
