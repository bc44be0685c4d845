package drydock.checkpoint.memory;

import java.util.EnumMap;
import java.util.Map;

/** How many bytes of an area, or of all areas, come from where. Immutable. */
public final class AreaPages {
  private final Map<PieceKind, Long> bytes = new EnumMap<>(PieceKind.class);
  private final int pageSize;

  private AreaPages(int pageSize) {
    this.pageSize = pageSize;
  }

  static AreaPages of(AddressSpace space, Area area) {
    AreaPages pages = new AreaPages(space.pageSize());
    if (area.isMark()) {
      return pages;
    }
    for (long at = area.start(); at != area.end(); ) {
      Piece piece = space.at(at).atMost(area.end() - at);
      pages.bytes.merge(piece.kind(), piece.length(), Long::sum);
      at = piece.end();
    }
    return pages;
  }

  /** Of all areas of a process together. */
  static AreaPages of(AddressSpace space) {
    AreaPages pages = new AreaPages(space.pageSize());
    for (Area area : space.areas()) {
      of(space, area).bytes.forEach((kind, size) -> pages.bytes.merge(kind, size, Long::sum));
    }
    return pages;
  }

  /** How many pages are of a kind. */
  public long of(PieceKind kind) {
    return bytes.getOrDefault(kind, 0L) / pageSize;
  }

  /** All of them, in bytes. */
  public long size() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
