package drydock.fs.ext4;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A directory block of 4 KiB with 170 names of 16 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DirentBlockBench {
  private static final int RECORD = 24;

  private final byte[] raw = new byte[RECORD * 170];

  /** Fills the block. */
  public DirentBlockBench() {
    for (int at = 0; at < raw.length; at += RECORD) {
      raw[at] = (byte) (1 + at / RECORD);
      raw[at + 4] = RECORD;
      raw[at + 6] = 16;
      raw[at + 7] = 1;
      for (int i = 0; i < 16; i++) {
        raw[at + 8 + i] = (byte) ('a' + (at + i) % 26);
      }
    }
  }

  @Benchmark
  public long decode() {
    DirentBlock entries = new DirentBlock(raw, 0, raw.length, raw.length, true);
    long inodes = 0;
    while (entries.advance()) {
      inodes += entries.dirent().inode();
    }
    return inodes;
  }
}
