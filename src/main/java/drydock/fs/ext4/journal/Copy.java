package drydock.fs.ext4.journal;

import org.jspecify.annotations.Nullable;

/**
 * A block of the file system as a transaction left it.
 *
 * @param block of the file system
 * @param journalBlock where the copy lies
 * @param escaped whether its first four bytes are put back when it is read
 * @param revoked whether a revoke makes it void
 * @param stored its checksum as the tag has it; null where there is none
 * @param computed its checksum, of as many bits; null where there is none or it cannot be read
 */
public record Copy(
    long block,
    long journalBlock,
    boolean escaped,
    boolean revoked,
    @Nullable Integer stored,
    @Nullable Integer computed) {}
