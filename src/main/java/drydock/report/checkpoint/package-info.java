/**
 * Records of what was frozen in a checkpoint: processes, descriptors, sockets, mounts, and the
 * entries of images as they lie there.
 */
@NullMarked
package drydock.report.checkpoint;

import org.jspecify.annotations.NullMarked;
