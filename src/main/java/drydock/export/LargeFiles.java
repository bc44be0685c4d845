package drydock.export;

import drydock.finding.Finding;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes large files piece by piece, each of which is read once and hashed by another thread while
 * it is written and the next one is read. For one thread.
 */
final class LargeFiles implements Closeable {
  private static final int PIECE_BYTES = 512 << 10;
  private static final int PIECES = 4;

  private final TreeSink sink;
  private final Export.Observer observer;
  private final boolean hash;
  private final @Nullable ExecutorService hasher;
  private final byte[][] buffers = new byte[PIECES][];
  private final Future<?>[] uses = new Future<?>[PIECES];
  private int next;

  LargeFiles(TreeSink sink, Export.Observer observer, boolean hash, boolean beside) {
    this.sink = sink;
    this.observer = observer;
    this.hash = hash;
    this.hasher = hash && beside ? Executors.newSingleThreadExecutor(LargeFiles::thread) : null;
  }

  /** A thread that does not keep the program alive. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "hash");
    thread.setDaemon(true);
    return thread;
  }

  /** Writes a file's data between its beginning and end; gives the hash of all of it. */
  @Nullable String write(Prepared prepared) throws IOException {
    Content content = prepared.content();
    MessageDigest digest = isHashed(prepared) ? HashAlgorithm.SHA256.start() : null;
    long position = 0;
    for (TreeSink.Data stretch : content.data()) {
      zeros(digest, stretch.position() - position);
      observer.progress(stretch.position() - position, prepared.item().path());
      position = stretch.position();
      while (position < stretch.end()) {
        int length = (int) Math.min(PIECE_BYTES, stretch.end() - position);
        piece(content, position, length, digest);
        observer.progress(length, prepared.item().path());
        position += length;
      }
    }
    zeros(digest, content.size() - position);
    observer.progress(content.size() - position, prepared.item().path());
    return digest == null ? null : result(digest);
  }

  /** Whether the holes, which are hashed as zeros, leave it to be done in a sensible time. */
  private boolean isHashed(Prepared prepared) {
    Content content = prepared.content();
    long holes = content.size() - content.bytes();
    if (hash && holes > Hashes.MOST_HOLES) {
      String what = prepared.item().path() + ": " + Hashes.notHashed(content.size());
      prepared.item().log().add(Finding.missing(prepared.item().node().origin(), what));
      return false;
    }
    return hash;
  }

  private void piece(Content content, long position, int length, @Nullable MessageDigest digest)
      throws IOException {
    int slot = next;
    next = (next + 1) % PIECES;
    await(slot);
    byte[] buffer = buffers[slot];
    if (buffer == null) {
      buffer = new byte[PIECE_BYTES];
      buffers[slot] = buffer;
    }
    content.read(position, buffer, 0, length);
    byte[] bytes = buffer;
    uses[slot] = digest == null ? null : run(() -> digest.update(bytes, 0, length));
    sink.write(buffer, 0, length);
  }

  private void zeros(@Nullable MessageDigest digest, long count) throws IOException {
    if (digest != null && count > 0) {
      int slot = next;
      next = (next + 1) % PIECES;
      await(slot);
      uses[slot] = run(() -> Preparation.zeros(digest, count));
    }
  }

  private String result(MessageDigest digest) throws IOException {
    for (int slot = 0; slot < PIECES; slot++) {
      await(slot);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private @Nullable Future<?> run(Runnable work) {
    if (hasher != null) {
      return hasher.submit(work);
    }
    work.run();
    return null;
  }

  private void await(int slot) throws IOException {
    Future<?> use = uses[slot];
    uses[slot] = null;
    if (use == null) {
      return;
    }
    try {
      use.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    if (hasher != null) {
      hasher.shutdownNow();
    }
  }
}
