package drydock.bytes;

/**
 * Where bytes lie in one piece.
 *
 * @param origin of the outermost source that is known to hold them, mostly a disk
 * @param offset of the first one there
 * @param length how many there are at least in one piece, the first included
 */
public record Extent(Origin origin, long offset, long length) {}
