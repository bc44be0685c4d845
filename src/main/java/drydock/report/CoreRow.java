package drydock.report;

import drydock.checkpoint.memory.CoreDump;

/**
 * A core file that was written.
 *
 * @param size in bytes, zeros included
 */
public record CoreRow(CoreDump core, String file, long size) {}
