/**
 * Several trees as one, as the kernel's overlayfs shows them.
 *
 * <pre>
 *   layer 0 (top)    /etc/motd   /etc/shadow (c 0:0)   /srv (opaque=y)      /b (redirect=/a)
 *   layer 1          /etc/motd   /etc/shadow           /srv/old             /a/x
 *   layer 2          /etc/hosts                                             /a/y
 *   ------------------------------------------------------------------------------------
 *   merged           /etc/motd (of 0), /etc/hosts (of 2), /srv (empty),     /b/x, /b/y
 *   hidden           /etc/motd (of 1), /etc/shadow, /srv/old
 * </pre>
 *
 * <p>{@link drydock.overlay.Marks} alone knows how overlayfs marks what it does. Not read: the
 * index and its counts of hard links (as with {@code index=off}), digests of fs-verity, and lower
 * layers that hold data only. Source of the knowledge: Linux 6.18, {@code fs/overlayfs/} {@code
 * namei.c}, {@code readdir.c}, {@code inode.c}, {@code xattrs.c}, {@code util.c}, and {@code
 * Documentation/filesystems/overlayfs.rst}.
 */
@NullMarked
package drydock.overlay;

import org.jspecify.annotations.NullMarked;
