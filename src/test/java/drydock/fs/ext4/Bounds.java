package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What one small input may cost, whatever it says; and that it says the same each time. */
final class Bounds {
  private static final long NANOS = 2_000_000_000L;
  private static final long BYTES = 256 << 20;

  private Bounds() {}

  /** Runs it two times and gives what it gave; the second time, when all is loaded, is measured. */
  static String twice(Supplier<String> run) {
    String first = run.get();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long nanos = System.nanoTime();
    long bytes = threads.getThreadAllocatedBytes(thread);
    String second = run.get();
    check(threads.getThreadAllocatedBytes(thread) - bytes, BYTES, "bytes");
    if (System.nanoTime() - nanos > NANOS) {
      long busy = threads.getCurrentThreadCpuTime();
      second = run.get();
      check(threads.getCurrentThreadCpuTime() - busy, NANOS, "nanoseconds");
    }
    if (!second.equals(first)) {
      assertThat(second).isEqualTo(first);
    }
    return first;
  }

  private static void check(long cost, long most, String what) {
    if (cost > most) {
      throw new AssertionError("one input costs " + cost + " " + what);
    }
  }
}
