/**
 * Evidence files as one disk: raw, block device, qcow2; each format one class in the list of
 * formats.
 *
 * <p>A qcow2 file (QEMU's {@code docs/interop/qcow2.rst}) maps guest clusters through two levels of
 * tables:
 *
 * <pre>
 *   header ─┬─ extensions (backing format, feature names, ...)        one L2 entry
 *           ├─ backing file name                                      ├─ nothing: the backing file, or zeros
 *           ├─ L1 table ──► L2 table ──► entry per guest cluster ─────┼─ zeros
 *           ├─ refcount table ──► refcount blocks                     ├─ a host cluster (subclusters: two bitmaps more)
 *           └─ snapshot table ──► an L1 table each                    └─ compressed bytes: raw deflate or zstd
 * </pre>
 *
 * Not read: internal snapshots (named only), persistent bitmaps, refcounts (but for the end of what
 * is in use), encrypted data and external data files.
 */
@NullMarked
package drydock.disk;

import org.jspecify.annotations.NullMarked;
