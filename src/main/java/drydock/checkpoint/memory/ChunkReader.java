package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.checkpoint.memory.search.SearchText;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a chunk; what cannot be read is a finding, and parts it in texts. For one thread. */
final class ChunkReader {
  private static final int SMALL = 4096;

  private final SearchChunk chunk;
  private final byte[] buffer;
  private final FindingLog log;
  private final List<SearchText> texts = new ArrayList<>();
  private int begin;

  private ChunkReader(SearchChunk chunk, byte[] buffer, FindingLog log) {
    this.chunk = chunk;
    this.buffer = buffer;
    this.log = log;
  }

  /** The texts that a chunk has, one where all of it can be read. */
  static List<SearchText> read(SearchChunk chunk, byte[] buffer, FindingLog log) {
    ChunkReader reader = new ChunkReader(chunk, buffer, log);
    for (SearchChunk.Part part : chunk.parts()) {
      reader.part(part.piece());
    }
    reader.end(chunk.length());
    return reader.texts;
  }

  private void part(Piece piece) {
    long ahead = piece.address() - chunk.start();
    int from = (int) Math.max(0, ahead);
    int to = (int) Math.min(chunk.length(), ahead + piece.length());
    ByteSource source = piece.source();
    if (source == null) {
      Arrays.fill(buffer, from, to, (byte) 0);
      return;
    }
    long shift = piece.position() - ahead;
    try {
      source.read(shift + from, buffer, from, to - from);
    } catch (IOException e) {
      // only a part of it is damaged: what is before and behind that can be read
      small(source, shift, from, to);
    }
  }

  private void small(ByteSource source, long shift, int from, int to) {
    for (int at = from; at < to; ) {
      int step = Math.min(to - at, SMALL - (int) ((chunk.start() + at) % SMALL + SMALL) % SMALL);
      try {
        source.read(shift + at, buffer, at, step);
      } catch (IOException e) {
        log.add(e, source.origin());
        end(at);
        begin = at + step;
      }
      at += step;
    }
  }

  private void end(int at) {
    if (at > begin) {
      texts.add(new SearchText(buffer, begin, at, chunk.start()));
    }
  }
}
