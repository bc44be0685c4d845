package drydock.timeline;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Sorted rows in a temporary file: written, then rewound, then read, once. For one thread. */
final class SortedRun implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel file;
  private final DataOutputStream out;
  private final DataInputStream in;
  private long left;

  /** Writes to an empty file, which is closed with this. */
  SortedRun(FileChannel file) {
    this.file = file;
    this.out =
        new DataOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES));
    this.in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES));
  }

  void write(SortedRow row) throws IOException {
    row.write(out);
    left++;
  }

  /** Ends writing. */
  void rewind() throws IOException {
    out.flush();
    file.position(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** The next row of a run. */
  record Head(SortedRow row, SortedRun run) implements Comparable<Head> {
    /** The next one; empty at the end. */
    static Optional<Head> of(SortedRun run) throws IOException {
      if (run.left == 0) {
        return Optional.empty();
      }
      run.left--;
      return Optional.of(new Head(SortedRow.read(run.in), run));
    }

    @Override
    public int compareTo(Head other) {
      return SortedRow.ORDER.compare(row, other.row);
    }
  }
}
