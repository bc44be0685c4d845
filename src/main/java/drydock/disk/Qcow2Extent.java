package drydock.disk;

/**
 * A run of the disk that lies in one way in a qcow2 file.
 *
 * @param start in bytes from the disk's start
 * @param length in bytes
 * @param hostOffset of {@code DATA}: where the run starts in the file; of {@code COMPRESSED}: where
 *     the cluster's compressed bytes start; else 0
 * @param hostLength of {@code COMPRESSED}: how many bytes, the last sector's padding among them; of
 *     {@code DATA} the length; else 0
 */
public record Qcow2Extent(Kind kind, long start, long length, long hostOffset, long hostLength) {
  /** How a run lies in the file. */
  public enum Kind {
    /** As it is, at {@link #hostOffset}. */
    DATA,
    /** One whole cluster, compressed. */
    COMPRESSED,
    /** Zeros, said so by the table. */
    ZERO,
    /** Not in this file: the backing file's bytes; zeros when there is none. */
    UNALLOCATED
  }

  long end() {
    return start + length;
  }

  /** Whether {@code next}, which starts where this ends, is more of the same. */
  boolean joins(Qcow2Extent next) {
    return kind == next.kind
        && kind != Kind.COMPRESSED
        && (kind != Kind.DATA || hostOffset + length == next.hostOffset);
  }

  Qcow2Extent join(Qcow2Extent next) {
    return new Qcow2Extent(
        kind, start, length + next.length, hostOffset, hostLength + next.hostLength);
  }

  /**
   * The part from {@code from} on, {@code most} bytes at most; of a compressed one the whole place
   * in the file.
   */
  Qcow2Extent cut(long from, long most) {
    long skipped = from - start;
    long left = Math.min(length - skipped, most);
    return kind == Kind.DATA
        ? new Qcow2Extent(kind, from, left, hostOffset + skipped, left)
        : new Qcow2Extent(kind, from, left, hostOffset, hostLength);
  }
}
