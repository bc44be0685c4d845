package drydock.export.layout;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on, and knows how many they were and their SHA-256. For one thread. */
final class MeasuredStream extends FilterOutputStream {
  private final MessageDigest digest = sha256();
  private long size;

  MeasuredStream(OutputStream out) {
    super(out);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    size += length;
  }

  /** What was written until now; the digest begins anew. */
  Blob blob() {
    return new Blob(HexFormat.of().formatHex(digest.digest()), size);
  }
}
