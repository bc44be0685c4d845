package drydock.cli;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes bytes to a file in which their holes stay holes. */
final class SparseCopy {
  private SparseCopy() {}

  static void write(ByteSource from, Path to) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            to,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      long size = from.size();
      out.write(ByteBuffer.wrap(from.bytes(size - 1, 1)), size - 1);
      for (long at = from.nextData(0); at < size; at = from.nextData(at)) {
        long end = Math.min(size, from.nextHole(at));
        for (; at < end; at += 1 << 20) {
          int count = (int) Math.min(1 << 20, end - at);
          out.write(ByteBuffer.wrap(from.bytes(at, count)), at);
        }
        at = end;
      }
    }
  }
}
