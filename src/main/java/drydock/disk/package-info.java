/**
 * Evidence files as one disk: raw, block device, qcow2; each format one class in the list of
 * formats.
 */
@NullMarked
package drydock.disk;

import org.jspecify.annotations.NullMarked;
