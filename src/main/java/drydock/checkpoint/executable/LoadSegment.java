package drydock.checkpoint.executable;

/**
 * A part of a file and where in memory it was.
 *
 * @param offset in the file, in bytes
 * @param size in the file, in bytes
 * @param address in memory, unsigned
 * @param isCode whether it was to be executed
 */
record LoadSegment(long offset, long size, long address, boolean isCode) {
  long end() {
    return offset + size;
  }

  /** The part of it that lies between two offsets; of size 0 or less when none does. */
  LoadSegment within(long from, long to) {
    long start = Math.max(offset, from);
    return new LoadSegment(start, Math.min(end(), to) - start, address + (start - offset), isCode);
  }

  LoadSegment movedBy(long bias) {
    return new LoadSegment(offset, size, address + bias, isCode);
  }
}
