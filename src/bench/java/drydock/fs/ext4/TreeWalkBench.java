package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A walk of the whole file system in the file that {@code DRYDOCK_IMAGE} names, beside reading
 * alone: the same blocks in the order of the disk, without a look at them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
    value = 3,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx256m", "-Xmn48m"})
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class TreeWalkBench {
  /** Nothing is read ahead of a walk that goes no deeper than this. */
  private static final int BOUNDED = 4000;

  private OpenDisk disk;
  private SortedMap<Long, Integer> reads = new TreeMap<>();

  /** Opens the image and notes what a walk reads of it. */
  @Setup
  public void open() throws IOException {
    disk = new RawFormat().open(Path.of(System.getenv("DRYDOCK_IMAGE")), new FindingLog());
    SortedMap<Long, Integer> noted = new TreeMap<>();
    walk(new Noting(disk.bytes(), noted), BOUNDED);
    long last = -1;
    for (long at : noted.keySet()) {
      int length = noted.get(at);
      boolean follows = last >= 0 && last + reads.get(last) == at && reads.get(last) < 1 << 20;
      if (follows) {
        reads.merge(last, length, Integer::sum);
      } else {
        reads.put(at, length);
        last = at;
      }
    }
  }

  @TearDown
  public void close() throws IOException {
    disk.close();
  }

  private record Noting(ByteSource source, SortedMap<Long, Integer> noted) implements ByteSource {
    @Override
    public long size() {
      return source.size();
    }

    @Override
    public Origin origin() {
      return source.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      noted.merge(position, length, Math::max);
      source.read(position, into, offset, length);
    }
  }

  private static long walk(ByteSource image, int depth) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree = Ext4Format.openTree(image, OpenOptions.DEFAULT, log);
    long[] nodes = new long[1];
    new TreeWalk(log)
        .walk(TreePath.ROOT, tree.root(), depth, (path, node, meta) -> nodes[0] += meta.inode());
    return nodes[0];
  }

  @Benchmark
  public long walk() throws IOException {
    return walk(disk.bytes(), Integer.MAX_VALUE);
  }

  @Benchmark
  public long walkWithoutReadAhead() throws IOException {
    return walk(disk.bytes(), BOUNDED);
  }

  @Benchmark
  public long readingAlone() throws IOException {
    byte[] piece = new byte[2 << 20];
    long bytes = 0;
    for (var each : reads.entrySet()) {
      disk.bytes().read(each.getKey(), piece, 0, Math.min(piece.length, each.getValue()));
      bytes += each.getValue();
    }
    return bytes;
  }
}
