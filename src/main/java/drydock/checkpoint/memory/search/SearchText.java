package drydock.checkpoint.memory.search;

/**
 * Bytes to be searched: those from {@code begin} to {@code end} are known.
 *
 * @param base the address of the first byte of the array
 */
public record SearchText(byte[] bytes, int begin, int end, long base) {}
