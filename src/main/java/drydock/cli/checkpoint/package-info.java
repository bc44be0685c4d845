/**
 * The group {@code checkpoint}: what is in the checkpoints of containers.
 *
 * <p>A command is a class that extends {@link ArchiveCommand} (one checkpoint) or {@link
 * ArchivesCommand} (any number), and one row in {@link CheckpointCommand#MEMBERS}. The base classes
 * have the parameter ARCHIVE, open what was typed, and close it behind the command.
 */
@NullMarked
package drydock.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
