package drydock.checkpoint.memory;

/**
 * A file that is mapped.
 *
 * @param path in the container, as the kernel's {@code maps} names it: bytes
 * @param isDeleted whether no name leads to it any more, or never did
 */
public record MappedFile(byte[] path, boolean isDeleted) {}
