package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.disk.Qcow2Extent.Kind;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The disk in a qcow2 file as its guest saw it, over the disk of its backing file if it has one.
 */
final class Qcow2Source implements ByteSource {
  /**
   * How many runs are looked at in search of data or a hole before the search gives a safe answer.
   */
  private static final int MAX_STEPS = 1 << 16;

  private final ByteSource file;
  private final Qcow2Header header;
  private final Qcow2Tables tables;
  private final CompressedClusters compressed;
  private final @Nullable ByteSource backing;
  private final Origin origin;

  Qcow2Source(ByteSource file, Qcow2Header header, @Nullable ByteSource backing, Origin origin) {
    this.file = file;
    this.header = header;
    this.tables = new Qcow2Tables(file, header);
    this.compressed = new CompressedClusters(file, header);
    this.backing = backing;
    this.origin = origin;
  }

  @Override
  public long size() {
    return header.size();
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int done = 0;
    while (done < length) {
      Qcow2Extent run = tables.at(position + done, length - done);
      readRun(run, into, offset + done);
      done += (int) run.length();
    }
  }

  private void readRun(Qcow2Extent run, byte[] into, int offset) throws IOException {
    int length = (int) run.length();
    switch (run.kind()) {
      case DATA -> {
        if (run.hostOffset() > file.size() - length) {
          throw new CorruptDataException(
              file.origin(),
              run.hostOffset(),
              "the file is cut off before the data of the disk's byte " + run.start(),
              "end at " + file.size(),
              null);
        }
        file.read(run.hostOffset(), into, offset, length);
      }
      case COMPRESSED -> {
        int from = (int) (run.start() & (header.clusterBytes() - 1));
        System.arraycopy(compressed.read(run), from, into, offset, length);
      }
      case ZERO -> Arrays.fill(into, offset, offset + length, (byte) 0);
      case UNALLOCATED -> readBacking(run.start(), into, offset, length);
    }
  }

  /** A backing file may be shorter than the disk over it: beyond its end are zeros. */
  private void readBacking(long position, byte[] into, int offset, int length) throws IOException {
    int inside = 0;
    if (backing != null && position < backing.size()) {
      inside = (int) Math.min(length, backing.size() - position);
      backing.read(position, into, offset, inside);
    }
    Arrays.fill(into, offset + inside, offset + length, (byte) 0);
  }

  @Override
  public long nextData(long position) {
    return next(position, true);
  }

  @Override
  public long nextHole(long position) {
    return next(position, false);
  }

  /** Where the tables cannot be read, nothing is known to be a hole. */
  private long next(long position, boolean data) {
    long at = Math.max(0, position);
    try {
      for (int step = 0; step < MAX_STEPS && at < size(); step++) {
        Qcow2Extent run = tables.at(at, size() - at);
        long found = data ? dataIn(run) : holeIn(run);
        if (found < run.end()) {
          return found;
        }
        at = run.end();
      }
    } catch (IOException e) {
      return data ? at : size();
    }
    return data ? Math.min(at, size()) : size();
  }

  private long dataIn(Qcow2Extent run) {
    return switch (run.kind()) {
      case DATA, COMPRESSED -> run.start();
      case ZERO -> run.end();
      case UNALLOCATED ->
          inBacking(run)
              ? orEnd(run, backing().nextData(run.start()), backing().size())
              : run.end();
    };
  }

  private long holeIn(Qcow2Extent run) {
    return switch (run.kind()) {
      case DATA, COMPRESSED -> run.end();
      case ZERO -> run.start();
      case UNALLOCATED -> inBacking(run) ? backing().nextHole(run.start()) : run.start();
    };
  }

  /**
   * A backing file that has no more data says so with its size, where this disk goes on with zeros.
   */
  private static long orEnd(Qcow2Extent run, long found, long backingSize) {
    return found >= backingSize ? run.end() : found;
  }

  private boolean inBacking(Qcow2Extent run) {
    return run.kind() == Kind.UNALLOCATED && backing != null && run.start() < backing.size();
  }

  private ByteSource backing() {
    if (backing == null) {
      throw new IllegalStateException("asked of a disk without a backing file");
    }
    return backing;
  }
}
