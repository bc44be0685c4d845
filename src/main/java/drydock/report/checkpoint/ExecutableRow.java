package drydock.report.checkpoint;

import drydock.checkpoint.executable.Carving;

/**
 * An executable that was written.
 *
 * @param file where, as it was typed
 */
public record ExecutableRow(Carving carving, Carving.Written written, String file) {}
