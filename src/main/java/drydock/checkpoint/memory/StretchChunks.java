package drydock.checkpoint.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts what a walk comes to into chunks. For one thread. */
final class StretchChunks implements AddressSpace.Walker {
  /** What an expression can look back at, such as the end of a word. */
  static final int BEFORE = 256;

  /** Evidence may have a piece for every byte: a chunk ends early then. */
  private static final int MAX_PARTS = 1 << 14;

  private final MemoryVisit.Visited visited;
  private final int size;
  private final int overlap;
  private final Sink sink;
  private final List<SearchChunk.Part> parts = new ArrayList<>();
  private long number;
  private long first;
  private long begin;
  private long end;
  private boolean isOpen;

  /** Takes a chunk. */
  @FunctionalInterface
  interface Sink {
    void take(SearchChunk chunk) throws IOException;
  }

  /**
   * @param size bytes of a chunk
   * @param overlap how far a match may reach into what follows
   * @param number of the first stretch
   */
  StretchChunks(MemoryVisit.Visited visited, int size, int overlap, long number, Sink sink) {
    this.visited = visited;
    this.size = size;
    this.overlap = overlap;
    this.number = number;
    this.sink = sink;
  }

  /** Of the stretch that comes next. */
  long number() {
    return number;
  }

  @Override
  public void piece(Piece piece, boolean isOwn) throws IOException {
    if (!isOpen) {
      isOpen = true;
      first = piece.address();
      begin = first;
    }
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).continues(piece, isOwn)) {
      parts.set(last, parts.get(last).with(piece));
    } else {
      parts.add(new SearchChunk.Part(piece, isOwn));
    }
    end = piece.end();
    while (end - begin > size + overlap) {
      emit(size, overlap);
    }
    if (parts.size() > MAX_PARTS && end - begin > overlap) {
      emit((int) (end - begin) - overlap, overlap);
    }
  }

  @Override
  public void gap() throws IOException {
    if (isOpen && end != begin) {
      emit((int) (end - begin), 0);
    }
    parts.clear();
    isOpen = false;
    number++;
  }

  private void emit(int own, int behind) throws IOException {
    int before = (int) Math.min(BEFORE, begin - first);
    long start = begin - before;
    int length = before + own + behind;
    int count = 0;
    while (count < parts.size() && parts.get(count).piece().address() - start < length) {
      count++;
    }
    List<SearchChunk.Part> inside = List.copyOf(parts.subList(0, count));
    sink.take(new SearchChunk(visited, number, start - first, start, before, own, length, inside));
    begin += own;
    dropBefore(begin - Math.min(BEFORE, begin - first));
  }

  private void dropBefore(long address) {
    int count = 0;
    while (count < parts.size() && parts.get(count).piece().end() - address <= 0) {
      count++;
    }
    parts.subList(0, count).clear();
  }
}
