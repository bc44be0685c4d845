package drydock.checkpoint.triage;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Process;
import org.jspecify.annotations.Nullable;

/**
 * Something that is worth a look.
 *
 * @param process whose it is; null when it is the container's
 * @param what is there, with text of evidence in it as it is
 * @param origin where that is stored
 */
public record Clue(
    Severity severity, ClueKind kind, @Nullable Process process, String what, Origin origin) {}
