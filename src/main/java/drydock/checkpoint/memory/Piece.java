package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses whose bytes all come from one place.
 *
 * @param address of the first byte, unsigned
 * @param length in bytes, at least 1; never reaches beyond the area that it lies in
 * @param source where the bytes are; null when there are none, or only zeros
 * @param position of the first byte in {@code source}
 * @param generation how many parent dumps up the pages lie; 0 for this dump
 */
public record Piece(
    PieceKind kind,
    long address,
    long length,
    @Nullable ByteSource source,
    long position,
    int generation) {

  static Piece without(PieceKind kind, long address, long length) {
    return new Piece(kind, address, length, null, 0, 0);
  }

  /** The part of it from an address inside of it on. */
  Piece from(long inside) {
    long skipped = inside - address;
    return new Piece(kind, inside, length - skipped, source, position + skipped, generation);
  }

  /** As much of it as is not longer than {@code most}. */
  public Piece atMost(long most) {
    return length <= most ? this : new Piece(kind, address, most, source, position, generation);
  }

  /** Whether a piece goes on where this one ends, from the same place. */
  boolean isFollowedBy(Piece next) {
    return kind == next.kind
        && generation == next.generation
        && end() == next.address
        && source == next.source
        && (source == null || position + length == next.position);
  }

  /** Both as one, for what {@link #isFollowedBy} allows. */
  Piece with(Piece next) {
    return new Piece(kind, address, length + next.length, source, position, generation);
  }

  /** The same bytes, seen at another address as another kind. */
  Piece seenAt(long other, PieceKind as) {
    return new Piece(as, other, length, source, position, generation);
  }

  /** Where the bytes begin in the image that holds them; of a compressed block its beginning. */
  public long offset() {
    return source instanceof CompressedPages packed ? packed.offsetOf(position) : position;
  }

  /** The address behind the last byte. */
  public long end() {
    return address + length;
  }
}
