/** A disk's partitions: GPT, MBR, or the whole disk as one. */
@NullMarked
package drydock.partition;

import org.jspecify.annotations.NullMarked;
