/**
 * What was wrong with the evidence and yet survivable: findings, collected in a log that is handed
 * down.
 */
@NullMarked
package drydock.finding;

import org.jspecify.annotations.NullMarked;
