package drydock.export.tar;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import drydock.export.ForwardingSink;
import drydock.export.TreeSink;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A tar archive that is compressed on several threads; the bytes are the same for any number. */
public final class Compressed extends ForwardingSink {
  private static final int ZSTD_LEVEL = 3;
  private static final int BUFFER_BYTES = 1 << 18;

  /** Ends a stream of compressed bytes, or gives it up. */
  @FunctionalInterface
  private interface Step {
    void go() throws IOException;
  }

  private final Step finish;
  private final Step giveUp;

  private Compressed(TarSink tar, Step finish, Step giveUp) {
    super(tar);
    this.finish = finish;
    this.giveUp = giveUp;
  }

  /** With gzip (RFC 1952), to a stream that is somebody else's to close. */
  public static TreeSink gzip(OutputStream out, int threads) throws IOException {
    ParallelGzip gzip = new ParallelGzip(out, threads);
    return new Compressed(
        new TarSink(new BufferedOutputStream(gzip, BUFFER_BYTES)), gzip::finish, gzip::close);
  }

  /**
   * With Zstandard (RFC 8878), to a stream that is somebody else's to close.
   *
   * <p>The library's way of many threads is used even for one, because it cuts the data otherwise
   * than its plain way does.
   */
  public static TreeSink zstd(OutputStream out, int threads) throws IOException {
    ZstdOutputStreamNoFinalizer zstd =
        new ZstdOutputStreamNoFinalizer(new Kept(out), ZSTD_LEVEL)
            .setChecksum(true)
            .setWorkers(threads);
    return new Compressed(
        new TarSink(new BufferedOutputStream(new Unflushed(zstd), BUFFER_BYTES)),
        zstd::close,
        () -> {});
  }

  /** A stream that outlives those that write to it. */
  private static final class Kept extends FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  /** A stream of which the end is said by its own means: flushing would only cut it once more. */
  private static final class Unflushed extends FilterOutputStream {
    Unflushed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() {}
  }

  @Override
  public void finish() throws IOException {
    super.finish();
    finish.go();
  }

  @Override
  public void close() throws IOException {
    super.close();
    giveUp.go();
  }
}
