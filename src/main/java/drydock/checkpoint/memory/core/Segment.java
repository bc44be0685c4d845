package drydock.checkpoint.memory.core;

/**
 * A range of memory in a core file.
 *
 * @param stored whether its bytes are in the file; else only the range is told
 */
public record Segment(
    long address,
    long size,
    boolean stored,
    boolean readable,
    boolean writable,
    boolean executable) {}
