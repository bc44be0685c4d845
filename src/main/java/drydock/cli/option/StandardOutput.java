package drydock.cli.option;

import drydock.bytes.ByteSource;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/** Standard output, which remembers when nobody reads it any more. */
public final class StandardOutput extends OutputStream {
  private final BufferedOutputStream out;
  private final WritableByteChannel channel;
  private boolean closedByReader;

  public StandardOutput(OutputStream out, int bufferBytes) {
    this.out = new BufferedOutputStream(out, bufferBytes);
    this.channel =
        out instanceof FileOutputStream file ? file.getChannel() : Channels.newChannel(out);
  }

  /** Writes bytes of a source behind all that was written until now; as many as it gives. */
  public long transfer(ByteSource from, long position, long length) throws IOException {
    flush();
    try {
      return from.transfer(position, length, channel);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Whether the program on the other end of the pipe has seen enough. */
  public boolean isClosedByReader() {
    return closedByReader;
  }

  @Override
  public void write(int value) throws IOException {
    try {
      out.write(value);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void flush() throws IOException {
    if (closedByReader) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException e) {
    String message = e.getMessage();
    closedByReader |= message != null && message.contains("Broken pipe");
    return e;
  }
}
