/**
 * Windows on bytes: every disk, partition, file and metadata value is a {@link
 * drydock.bytes.ByteSource}.
 *
 * <pre>
 *   evidence file ── slice ──► partition ── slice ──► file content ── bytes() ──► byte[] ──► decode (pure)
 *        origin "node.raw"  >  "partition 1"  >  "ext4 inode 131"  >  "block 7"
 * </pre>
 */
@NullMarked
package drydock.bytes;

import org.jspecify.annotations.NullMarked;
