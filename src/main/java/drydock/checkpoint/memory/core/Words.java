package drydock.checkpoint.memory.core;

import java.io.ByteArrayOutputStream;

/** Bytes that are put together, little-endian. For one thread. */
public final class Words {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean wide;

  /**
   * @param wide whether a word has 64 bits
   */
  public Words(boolean wide) {
    this.wide = wide;
  }

  /** A number of so many bytes; what does not fit is cut. */
  private Words number(long value, int size) {
    for (int i = 0; i < size; i++) {
      out.write((int) (value >>> (8 * i)) & 0xff);
    }
    return this;
  }

  public Words u8(int value) {
    return number(value, 1);
  }

  public Words u16(int value) {
    return number(value, 2);
  }

  public Words u32(long value) {
    return number(value, 4);
  }

  public Words u64(long value) {
    return number(value, 8);
  }

  /** An address or a number of the processor's own size. */
  public Words word(long value) {
    return number(value, wide ? 8 : 4);
  }

  public Words words(long... values) {
    for (long value : values) {
      word(value);
    }
    return this;
  }

  public Words bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Bytes in a field of a fixed size, cut or filled up with zeros; the last is always zero. */
  public Words text(byte[] bytes, int size) {
    int length = Math.min(bytes.length, size - 1);
    out.write(bytes, 0, length);
    return zeros(size - length);
  }

  public Words zeros(int count) {
    out.writeBytes(new byte[Math.max(0, count)]);
    return this;
  }

  /** Zeros up to a multiple of a size. */
  public Words align(int size) {
    return zeros((size - out.size() % size) % size);
  }

  public int size() {
    return out.size();
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
