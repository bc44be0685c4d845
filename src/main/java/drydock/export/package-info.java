/**
 * Takes a tree out of the evidence, as an archive, a directory or a file system of its own.
 *
 * <pre>
 *   FileTree ── TreeWalk ──► Export ──┬── TreeSink   tar, directory, ext4 image
 *                                     └── manifest   path, size, SHA-256, times, origin
 * </pre>
 */
@NullMarked
package drydock.export;

import org.jspecify.annotations.NullMarked;
