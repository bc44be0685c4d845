/**
 * A file system of its own as the target of an export: an ext4 image that the kernel mounts and
 * e2fsck finds nothing in, written in one pass without root and without {@code mkfs}.
 *
 * <pre>
 * block 0            1              1 + reserved
 * ├ superblock ──────┼ descriptors ─┼ free ──┤├ what was added, as it came ─────────┤├ at the end ─────────────────┤
 *                                             [tree][data] [data] [attributes] [dir]  [block bitmaps][inode bitmaps]
 *                                             a file       a file               ...   [inode tables]
 * </pre>
 *
 * <p>How large the file system becomes is known at its end only. Therefore the tables lie there
 * ({@code flex_bg} lets them lie anywhere), the place of the descriptors is reserved for 16 TiB,
 * and inodes wait in a file beside the target until then. Blocks of 4 KiB, inodes of 256 bytes, no
 * journal, no copies of the superblock, all metadata with checksums. The same files give the same
 * bytes: there is no clock in it.
 *
 * <p>Knowledge: kernel 6.x {@code Documentation/filesystems/ext4/} and {@code
 * fs/ext4/{ext4.h,ext4_extents.h,xattr.h,xattr.c,namei.c,hash.c,super.c,acl.h}}; e2fsprogs {@code
 * e2fsck/{pass1.c,pass2.c,pass5.c}}.
 */
@NullMarked
package drydock.export.ext4;

import org.jspecify.annotations.NullMarked;
