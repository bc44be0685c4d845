package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a dump has of a process or of shared memory: a map, the pages, and the parent
 * dump's store for what did not change since. Safe from many threads.
 */
final class PageStore {
  private final PageMap map;
  private final ByteSource pages;
  private final @Nullable PageStore parent;

  /**
   * @param pages the unpacked pages image; may be shorter than the map says
   */
  PageStore(PageMap map, ByteSource pages, @Nullable PageStore parent) {
    this.map = map;
    this.pages = pages;
    this.parent = parent;
  }

  /** A store of bytes as they are, from address 0 on. */
  static PageStore of(ByteSource bytes) {
    long size = bytes.size();
    byte[] state = {(byte) PageState.DUMPED.ordinal()};
    PageMap map =
        new PageMap(new long[1], new long[] {size}, new long[1], state, size > 0 ? 1 : 0, size);
    return new PageStore(map, bytes, null);
  }

  PageMap map() {
    return map;
  }

  /** The unpacked pages image. */
  ByteSource pages() {
    return pages;
  }

  /**
   * The size of a page where nothing tells it: that by which the pages fill their image, as each of
   * them has one size and the map counts them by the smallest.
   */
  int likelyPageSize() {
    long counted = map.dumpedBytes();
    int smallest = MemoryLayout.DEFAULT_PAGE;
    for (int size = smallest; size <= MemoryLayout.LARGEST_PAGE; size *= 2) {
      if (counted > 0 && pages.size() % counted == 0 && pages.size() / counted == size / smallest) {
        return size;
      }
    }
    return smallest;
  }

  @Nullable PageStore parent() {
    return parent;
  }

  /**
   * What the store has at an address; {@link PieceKind#UNMAPPED} where it has nothing.
   *
   * @param limit where a piece ends at the latest, behind {@code address}
   */
  Piece at(long address, long limit) {
    int index = map.indexAt(address);
    if (index == map.size()) {
      return Piece.without(PieceKind.UNMAPPED, address, limit - address);
    }
    PageMap.Run run = map.run(index);
    if (Long.compareUnsigned(run.start(), address) > 0) {
      return Piece.without(PieceKind.UNMAPPED, address, min(run.start(), limit) - address);
    }
    long end = min(run.end(), limit);
    return switch (run.state()) {
      case DUMPED -> dumped(run.position() + (address - run.start()), address, end);
      case LAZY -> Piece.without(PieceKind.LAZY, address, end - address);
      case PARENT -> inherited(address, end);
    };
  }

  private Piece dumped(long position, long address, long end) {
    long there = pages.size() - position;
    if (there <= 0) {
      return Piece.without(PieceKind.MISSING, address, end - address);
    }
    long length = Math.min(there, end - address);
    long data = pages.nextData(position);
    if (data > position) {
      return Piece.without(PieceKind.ZERO, address, Math.min(length, data - position));
    }
    length = Math.min(length, pages.nextHole(position) - position);
    return new Piece(PieceKind.DUMPED, address, length, pages, position, 0);
  }

  private Piece inherited(long address, long end) {
    if (parent == null) {
      return Piece.without(PieceKind.MISSING, address, end - address);
    }
    Piece piece = parent.at(address, end);
    return switch (piece.kind()) {
      case DUMPED, PARENT ->
          new Piece(
              PieceKind.PARENT,
              piece.address(),
              piece.length(),
              piece.source(),
              piece.position(),
              piece.generation() + 1);
      case LAZY, ZERO -> piece;
      default -> Piece.without(PieceKind.MISSING, address, piece.length());
    };
  }

  private static long min(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }
}
