package drydock.timeline;

import drydock.kubernetes.LogStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a line of a log stands, and what became of it.
 *
 * @param stream null where the line is damaged
 * @param attempt how often the container had been made before in its pod
 * @param offset of the line in its file (of a compressed one: in what is unpacked)
 * @param complete whether the message is the line to its end
 * @param damaged whether the line has no time of its own: the event's is that of the line before
 */
public record LogLine(
    @Nullable LogStream stream, int attempt, long offset, boolean complete, boolean damaged) {}
