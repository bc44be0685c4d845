package drydock.bytes;

import java.io.EOFException;

/** Bytes in memory. The array is not copied: whoever hands it over lets go of it. */
public final class ArraySource implements ByteSource {
  private final byte[] bytes;
  private final Origin origin;

  public ArraySource(byte[] bytes, Origin origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws EOFException {
    checkRange(position, length);
    System.arraycopy(bytes, (int) position, into, offset, length);
  }
}
