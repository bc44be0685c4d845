package drydock.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A source read from front to back. For one thread; reads what is asked for and no more. */
public final class SourceStream extends InputStream {
  private final ByteSource source;
  private final byte[] single = new byte[1];
  private long position;

  public SourceStream(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position >= source.size()) {
      return -1;
    }
    int count = (int) Math.min(length, source.size() - position);
    source.read(position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, source.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, source.size() - position);
  }
}
