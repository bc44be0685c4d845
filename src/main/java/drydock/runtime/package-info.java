/**
 * Container engines as they left their state on a disk: one contract, {@link
 * drydock.runtime.Runtime}, and the records that every engine fills alike. Nothing here runs
 * anything.
 */
@NullMarked
package drydock.runtime;

import org.jspecify.annotations.NullMarked;
