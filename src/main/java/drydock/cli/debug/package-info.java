/** One format as it lies there, for the engineer: one command a format. */
@NullMarked
package drydock.cli.debug;

import org.jspecify.annotations.NullMarked;
