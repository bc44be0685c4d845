/**
 * Opening it all, once: evidence files, their partitions, the node's tree, its engines.
 *
 * <pre>
 *   path ─┬─ directory ────────────────────────────────► HostTree ─┐
 *         └─ file, device ─► disk ─► partitions ─► file systems ───┴─► node() ─► runtimes()
 *                              │          │              │
 *                           Formats    Formats    opened when a role or a question needs it
 *
 *   node() of   Container-Optimized OS   ROOT-A or ROOT-B  + STATE/var at /var, STATE/home at /home, STATE at /mnt/...
 *               Bottlerocket             ROOT-A or ROOT-B  + DATA at /local, DATA/var at /var, ...
 *               any other Linux          the root          + what its fstab mounts, or where file systems say they were
 * </pre>
 *
 * Not put together: logical volumes, RAID, encrypted partitions, file systems other than those in
 * {@link drydock.evidence.Formats}; each is named with what it is.
 */
@NullMarked
package drydock.evidence;

import org.jspecify.annotations.NullMarked;
