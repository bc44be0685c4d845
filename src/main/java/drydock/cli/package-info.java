/**
 * The command line: one class a command, the root command and the one handler of errors.
 *
 * <p>The only package that writes to the terminal and that asks the clock.
 */
@NullMarked
package drydock.cli;

import org.jspecify.annotations.NullMarked;
