package drydock.cli.checkpoint;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Bytes of evidence on their way out, as they are. */
public final class RawBytes {
  private static final int CHUNK_BYTES = 256 << 10;

  private RawBytes() {}

  public static void write(List<ByteSource> sources, OutputStream out) throws IOException {
    for (ByteSource each : sources) {
      byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, each.size())];
      for (long at = 0; at < each.size(); ) {
        int count = (int) Math.min(chunk.length, each.size() - at);
        each.read(at, chunk, 0, count);
        out.write(chunk, 0, count);
        at += count;
      }
    }
  }
}
