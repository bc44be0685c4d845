/**
 * What commands share: options that mean the same everywhere, where output goes, exit codes.
 *
 * <p>A command is a {@link drydock.cli.option.ConsoleCommand}; one that looks at evidence is an
 * {@link drydock.cli.option.EvidenceCommand}, which opens it, closes it and tells the findings at
 * the end.
 */
@NullMarked
package drydock.cli.option;

import org.jspecify.annotations.NullMarked;
