package drydock.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * A line of a log file: a line that a program wrote, or a piece of one.
 *
 * @param offset of the line in its file (of a compressed one: in what is unpacked)
 * @param head null when the line is damaged: then all of it is its text
 * @param first whether a line of the program begins here
 */
public record LogPiece(LogFile file, long offset, @Nullable LogHead head, boolean first) {}
