package drydock.checkpoint.executable;

/**
 * A stretch of an executable whose bytes come from one place.
 *
 * @param offset in the file, in bytes
 * @param address where it was in memory; 0 of others
 * @param isCode whether it was to be executed
 */
record CarvedPart(Kind kind, long offset, long length, long address, boolean isCode) {
  /** Where the bytes are. */
  enum Kind {
    MEMORY,
    FILE,
    MISSING
  }

  long end() {
    return offset + length;
  }

  /** Whether a part that begins where this one ends goes on with it. */
  boolean goesOn(CarvedPart next) {
    return kind == next.kind
        && isCode == next.isCode
        && end() == next.offset
        && (kind != Kind.MEMORY || address + length == next.address);
  }

  CarvedPart with(CarvedPart next) {
    return new CarvedPart(kind, offset, length + next.length, address, isCode);
  }
}
