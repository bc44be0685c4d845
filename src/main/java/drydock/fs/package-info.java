/**
 * The tree contract: what every file system, archive, mounted directory and merged overlay is to
 * the rest of drydock.
 *
 * <pre>
 *   FileTree ── root() ──► Node ── list() ──► Entry(name) ── node() ──► Node ...
 *                           ├── meta()        FileMeta + FileTimes
 *                           ├── content()     ByteSource
 *                           ├── linkTarget()  bytes
 *                           └── attributes()  extended attributes as bytes
 * </pre>
 *
 * Walks, look-ups, globs and hashes are written once on top of it.
 */
@NullMarked
package drydock.fs;

import org.jspecify.annotations.NullMarked;
