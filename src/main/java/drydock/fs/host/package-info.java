/**
 * A directory of the examiner's machine as a tree: a root that was mounted read-only.
 *
 * <pre>
 *   HostTree ── HostNode ── Host (what is asked of the operating system)
 *                             ├── LinuxHost   openat, statx, getdents64, llistxattr, pread: all bytes, all times
 *                             └── JavaHost    java.nio, where there is no statx: see there for what is lost
 * </pre>
 *
 * <p>Nothing is ever followed: each directory is opened by name from its parent's descriptor with
 * O_NOFOLLOW, so that neither symlinks nor {@code ..} lead out of the evidence, even when it
 * changes meanwhile. Devices, pipes and sockets are never opened. Sources: Linux man pages
 * statx(2), openat(2), getdents(2), xattr(7); kernel {@code include/uapi/linux/stat.h}, {@code
 * fcntl.h}.
 */
@NullMarked
package drydock.fs.host;

import org.jspecify.annotations.NullMarked;
