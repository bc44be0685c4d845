package drydock.report;

import drydock.checkpoint.memory.Hit;

/**
 * A place where something was found in memory.
 *
 * @param name of what was found
 * @param encoding in which it was found, or {@code hex}
 */
public record HitRow(Hit hit, String name, String encoding) {}
