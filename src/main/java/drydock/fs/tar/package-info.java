/**
 * Archives in the tar format, read as a stream of entries (layers of images as registries keep
 * them) or as a tree (checkpoints).
 *
 * <pre>
 *   compressed bytes -> Compression    -> TarEntries -> TarEntry, its content; the next one
 *   compressed bytes -> UnpackedSource -> TarIndex -> TarTree: nodes, contents by position
 *
 *   header (512 bytes, TarHeader)    [x: pax records]  [L, K: GNU's long names]   before a header
 *   name mode uid gid size mtime checksum type link magic ... devices prefix
 *   content, up to the next multiple of 512 bytes
 *   two blocks of zeros at the end
 * </pre>
 *
 * <p>Names, targets and attributes stay bytes. Headers in the forms of V7, ustar, pax, GNU and
 * star; numbers octal or binary. Read the way Go's {@code archive/tar} does it, because that is
 * what the engines unpack layers with: what it refuses is damage here, behind which a tree goes on.
 * Sparse files of all four forms are read. Not read: archives of several volumes.
 *
 * <p>Sources: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual,
 * "Basic Tar Format"; Go {@code src/archive/tar/reader.go} and {@code strconv.go}.
 */
@NullMarked
package drydock.fs.tar;

import org.jspecify.annotations.NullMarked;
