package drydock.bolt;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A leaf page of 60 elements: its checks, and each key and value once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageBench {
  private static final int COUNT = 60;
  private static final int KEY = 16;
  private static final int VALUE = 32;

  private final Origin origin = Origin.of("page");
  private final byte[] raw = new byte[4096];

  /** Fills the page. */
  public PageBench() {
    ByteBuffer page = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    int data = (int) Elements.tableEnd(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int header = Elements.header(i);
      page.putInt(header + 4, data - header);
      page.putInt(header + 8, KEY);
      page.putInt(header + 12, VALUE);
      page.put(data, (byte) i);
      data += KEY + VALUE;
    }
  }

  @Benchmark
  public int decode() {
    Page page = Page.decode(3, origin, new Elements(raw, true), COUNT, new FindingLog());
    int bytes = 0;
    for (int i = 0; i < page.count(); i++) {
      bytes += page.key(i).length + page.value(i).length;
    }
    return bytes;
  }
}
