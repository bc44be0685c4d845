package drydock.checkpoint.memory;

import java.util.List;

/**
 * A part of a stretch of memory that is searched at once. Immutable.
 *
 * @param visited whose memory it is
 * @param stretch the number of the stretch: addresses of one follow one another
 * @param offset of the first byte of {@code parts} that counts, in the stretch
 * @param start the address of that byte
 * @param before so many bytes belong to the chunk before, and are only looked back at
 * @param own so many bytes behind those are where matches of this chunk begin
 * @param length of all, with those that matches may reach into
 * @param parts all of it without a gap; the first may begin before, and the last end behind it
 */
record SearchChunk(
    MemoryVisit.Visited visited,
    long stretch,
    long offset,
    long start,
    int before,
    int own,
    int length,
    List<Part> parts) {

  /**
   * Bytes of one source.
   *
   * @param isOwn whether they are told of here; else they are told of elsewhere, or only zeros
   */
  record Part(Piece piece, boolean isOwn) {
    /** Both as one; only for what {@link #continues} allows. */
    Part with(Piece next) {
      return new Part(piece.with(next), isOwn);
    }

    boolean continues(Piece next, boolean isItsOwn) {
      return isOwn == isItsOwn
          && piece.source() == next.source()
          && (piece.source() == null || piece.position() + piece.length() == next.position());
    }
  }

  /** Whether a byte at least of a match is told of here. */
  boolean isOwn(long address, int length) {
    long end = address + length - start;
    int low = indexOf(address);
    for (int i = low; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.piece().address() - start >= end) {
        return false;
      }
      if (part.isOwn()) {
        return true;
      }
    }
    return false;
  }

  private int indexOf(long address) {
    int low = 0;
    int high = parts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (parts.get(middle).piece().end() - start <= address - start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
