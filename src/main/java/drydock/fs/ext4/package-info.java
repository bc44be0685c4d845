/**
 * ext2, ext3 and ext4 from bytes: read only, without the kernel.
 *
 * <pre>
 *   0        1024        2048
 *   ├ boot ──┼ superblock ┼ ... group 0: [superblock copy][group descriptors][reserved]
 *   │                                    [block bitmap][inode bitmap][inode table][data]
 *   │                         group 1: ... (flex_bg gathers the bitmaps and tables of several groups,
 *   │                                       meta_bg spreads the descriptors)
 *
 *   inode N ─► group (N-1)/inodesPerGroup ─► descriptor ─► inode table ─► 128 bytes and more
 *     i_block: extent tree │ 12 direct + 3 indirect pointers │ inline data │ symlink │ device number
 *     behind i_extra_isize: extended attributes; more in the block i_file_acl, large ones in inodes
 *   directory block: [inode rec_len name_len type name]... [tail with checksum]
 *   hashed directory: block 0 is the root of a tree of hashes; its leaves are ordinary blocks
 * </pre>
 *
 * Knowledge: kernel {@code fs/ext4} and {@code Documentation/filesystems/ext4}, e2fsprogs. Not
 * read: content and names of encrypted directories (no key), compressed files of the old ext2
 * patches, block and inode bitmaps, quota files.
 */
@NullMarked
package drydock.fs.ext4;

import org.jspecify.annotations.NullMarked;
