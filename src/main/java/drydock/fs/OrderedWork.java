package drydock.fs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Work on many items on several threads, its results taken in the order of the items: whatever the
 * number of threads, the same results in the same order, and of several errors the one that comes
 * first in that order.
 *
 * <p>Items are put together in batches. When {@link Size#ahead} batches are under way or done and
 * not yet taken, {@link #add} waits for the first of them; so what is held at a time is bounded,
 * and one item that takes long keeps only one thread busy while the others go on behind it.
 *
 * <p>{@link #add}, {@link #drain} and {@link #close} are for one thread, on which the results are
 * taken, too. With one thread of work all is done on that one, at once.
 */
public final class OrderedWork<I, O> implements AutoCloseable {
  /** Makes one result of a batch, on any thread; never given the same batch twice. */
  @FunctionalInterface
  public interface Step<I, O> {
    O of(List<I> batch, Running running) throws IOException;
  }

  /** Takes the results, one after the other. */
  @FunctionalInterface
  public interface Sink<O> {
    void take(O result) throws IOException;
  }

  /** What a long step asks now and then. */
  @FunctionalInterface
  public interface Running {
    /**
     * Does nothing while the result is wanted.
     *
     * @throws InterruptedIOException when nobody will take it any more
     */
    void check() throws InterruptedIOException;
  }

  /**
   * How much is done at a time.
   *
   * @param items a batch has no more of them
   * @param weight a batch that weighs as much, in whatever {@link #add} counts, is whole
   * @param ahead batches that may wait to be taken
   */
  public record Size(int items, long weight, int ahead) {}

  private final Size size;
  private final Step<I, O> step;
  private final Sink<O> sink;
  private final @Nullable ExecutorService workers;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Deque<Future<O>> underWay = new ArrayDeque<>();
  private List<I> batch = new ArrayList<>();
  private long batchWeight;

  public OrderedWork(int threads, Size size, Step<I, O> step, Sink<O> sink) {
    this.size = size;
    this.step = step;
    this.sink = sink;
    this.workers = threads > 1 ? Executors.newFixedThreadPool(threads, OrderedWork::thread) : null;
  }

  /** A thread that does not keep the program alive. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "work");
    thread.setDaemon(true);
    return thread;
  }

  /** One item more. Results of earlier ones may be taken meanwhile, and their errors thrown. */
  public void add(I item, long weight) throws IOException {
    batch.add(item);
    batchWeight += weight;
    if (batch.size() >= size.items || batchWeight >= size.weight) {
      start();
    }
  }

  /** Waits until the results of all items that were added are taken. */
  public void drain() throws IOException {
    if (!batch.isEmpty()) {
      start();
    }
    while (!underWay.isEmpty()) {
      takeFirst();
    }
  }

  private void start() throws IOException {
    List<I> whole = batch;
    batch = new ArrayList<>(Math.min(whole.size(), size.items));
    batchWeight = 0;
    if (workers == null) {
      sink.take(step.of(whole, () -> {}));
      return;
    }
    while (underWay.size() >= size.ahead || (!underWay.isEmpty() && underWay.element().isDone())) {
      takeFirst();
    }
    underWay.add(workers.submit(() -> work(whole)));
  }

  private O work(List<I> whole) throws IOException {
    check();
    return step.of(whole, this::check);
  }

  private void check() throws InterruptedIOException {
    if (closed.get()) {
      throw new InterruptedIOException("nobody waits for this any more");
    }
  }

  private void takeFirst() throws IOException {
    O result;
    try {
      result = underWay.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw cause(e);
    }
    sink.take(result);
  }

  private static IOException cause(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException known ? known : new IOException(cause);
  }

  /**
   * Gives up what is not taken yet and waits until no step is running. Threads are not interrupted,
   * because that would close the files that they read.
   */
  @Override
  public void close() {
    closed.set(true);
    if (workers == null) {
      return;
    }
    workers.shutdown();
    try {
      while (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
        closed.set(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
