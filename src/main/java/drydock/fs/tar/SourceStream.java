package drydock.fs.tar;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a source from its start on, read a large piece at a time. For one thread. */
final class SourceStream extends InputStream {
  private static final int BUFFER_BYTES = 256 << 10;

  private final ByteSource source;
  private final byte[] buffer;
  private long position;
  private int from;
  private int end;

  SourceStream(ByteSource source) {
    this.source = source;
    this.buffer = new byte[(int) Math.min(BUFFER_BYTES, source.size())];
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[from++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0 || !fill()) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, end - from);
    System.arraycopy(buffer, from, into, offset, count);
    from += count;
    return count;
  }

  /** A reader of gzip asks this to find out whether another member follows. */
  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - from + source.size() - position);
  }

  private boolean fill() throws IOException {
    if (from == end && position < source.size()) {
      from = 0;
      end = (int) Math.min(buffer.length, source.size() - position);
      source.read(position, buffer, 0, end);
      position += end;
    }
    return from < end;
  }
}
