package drydock.fs.tar;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a source from its start on, read a large piece at a time. For one thread. */
final class SourceStream extends InputStream {
  private static final int BUFFER_BYTES = 256 << 10;

  private final ByteSource source;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long position;
  private int from;
  private int end;

  SourceStream(ByteSource source) {
    this.source = source;
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

  /** Goes on without reading what lies between, as far as the source goes. */
  @Override
  public long skip(long count) throws IOException {
    if (count <= end - from) {
      from += (int) Math.max(0, count);
      return Math.max(0, count);
    }
    long at = position - (end - from);
    long to = at + Math.min(count, Long.MAX_VALUE - at);
    position = source.readUpTo(to - 1, new byte[1], 0, 1) == 1 ? to : source.size();
    from = 0;
    end = 0;
    return position - at;
  }

  /** A reader of gzip asks this to find out whether another member follows. */
  @Override
  public int available() throws IOException {
    return fill() ? end - from : 0;
  }

  private boolean fill() throws IOException {
    if (from == end) {
      from = 0;
      end = source.readUpTo(position, buffer, 0, buffer.length);
      position += end;
    }
    return from < end;
  }
}
