package drydock.export;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A buffered stream to a channel that is written by a thread of its own, while the next piece is
 * put together: in the same order, at most {@value #PIECES} pieces of {@value #PIECE_BYTES} bytes
 * behind. What goes wrong with a piece is thrown by a later write, or by {@link #flush} or {@link
 * #close}; nothing is written after that. For one thread.
 */
final class WriteBehind extends OutputStream {
  private static final int PIECE_BYTES = 256 << 10;
  private static final int PIECES = 4;

  private final WritableByteChannel channel;
  private final ExecutorService writer = Executors.newSingleThreadExecutor(WriteBehind::thread);
  private final @Nullable ByteBuffer[] pieces = new ByteBuffer[PIECES];
  private final @Nullable Future<?>[] underWay = new Future<?>[PIECES];
  private final byte[] single = new byte[1];
  private int slot;
  private @Nullable ByteBuffer piece;
  private @Nullable IOException failure;
  private boolean closed;

  /** To a channel, which is closed with this. */
  WriteBehind(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** A thread that does not keep the program alive. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "write");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void write(int each) throws IOException {
    single[0] = (byte) each;
    write(single, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      ByteBuffer into = piece();
      int count = Math.min(length - done, into.remaining());
      into.put(bytes, offset + done, count);
      done += count;
      if (!into.hasRemaining()) {
        handOver();
      }
    }
  }

  /** The piece that is filled now. */
  private ByteBuffer piece() throws IOException {
    ByteBuffer known = piece;
    if (known != null) {
      return known;
    }
    if (closed) {
      throw new IOException("closed already");
    }
    await(slot);
    ByteBuffer next = pieces[slot];
    if (next == null) {
      next = ByteBuffer.allocateDirect(PIECE_BYTES);
      pieces[slot] = next;
    }
    piece = next.clear();
    return next;
  }

  private void handOver() {
    ByteBuffer full = piece;
    if (full != null) {
      full.flip();
      piece = null;
      underWay[slot] = writer.submit(() -> writeAll(full));
      slot = (slot + 1) % PIECES;
    }
  }

  /** On the other thread. */
  private @Nullable Void writeAll(ByteBuffer full) throws IOException {
    while (full.hasRemaining()) {
      channel.write(full);
    }
    return null;
  }

  private void await(int which) throws IOException {
    Future<?> use = underWay[which];
    underWay[which] = null;
    if (failure == null && use != null) {
      try {
        use.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new InterruptedIOException("interrupted");
      } catch (ExecutionException e) {
        failure = e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits until all is written. */
  @Override
  public void flush() throws IOException {
    handOver();
    for (int i = 0; i < PIECES; i++) {
      await((slot + i) % PIECES);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      try {
        flush();
      } finally {
        giveUp();
      }
    }
  }

  /** Ends without what is not written yet. */
  void giveUp() throws IOException {
    closed = true;
    piece = null;
    writer.shutdownNow();
    try {
      boolean ended = false;
      while (!ended) {
        ended = writer.awaitTermination(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      channel.close();
    }
  }
}
