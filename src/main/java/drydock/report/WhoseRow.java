package drydock.report;

import drydock.bytes.Origin;
import drydock.provenance.Belonging;
import org.jspecify.annotations.Nullable;

/**
 * Whose a path is.
 *
 * @param inode that was asked for; null where a path was
 * @param guess why the path is a guess: of a deleted inode; null when it is none
 * @param origin what lies there, or would
 */
public record WhoseRow(
    Belonging belonging, @Nullable Long inode, @Nullable String guess, Origin origin) {}
