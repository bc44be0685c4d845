/**
 * The target tar: POSIX pax interchange format (IEEE Std 1003.1-2017, pax, "pax Interchange
 * Format").
 *
 * <pre>
 *   file      [ header 'x' | records ] header [ sparse map ] data        in blocks of 512 bytes
 *   records   LENGTH KEY=VALUE\n ...   LENGTH counts itself, too
 *   end       two blocks of zeros, then zeros up to a multiple of 20 blocks
 *
 *   record                       holds
 *   path, linkpath               what is longer than 100 bytes or not ASCII
 *   hdrcharset=BINARY            stands first where path or linkpath is not UTF-8
 *   mtime, atime, ctime          seconds with nine digits of a fraction
 *   LIBARCHIVE.creationtime      birth, likewise (github.com/libarchive/libarchive)
 *   size, uid, gid               what does not fit into the header's octal digits
 *   SCHILY.xattr.NAME            extended attributes, bytes as they are (star, GNU tar)
 *   SCHILY.acl.access, .default  ACLs as text besides, which is how GNU tar and star restore them
 *   GNU.sparse.*                 files with holes, format 1.0 (GNU tar manual, "Sparse Formats")
 * </pre>
 *
 * <p>Owners are numbers only: names would mean the examiner's accounts. Sockets have no type in
 * tar.
 */
@NullMarked
package drydock.export.tar;

import org.jspecify.annotations.NullMarked;
