/**
 * The target directory: files as files, with all that the examiner may set.
 *
 * <pre>
 *   DIR.partial ──openat──► a ──openat──► b        one name at a time, links never followed
 *        │                  mkdirat, openat(O_EXCL), symlinkat, mknodat, linkat
 *        └── when all is there: rename to DIR
 *   of each:  owner, attributes, mode, times        in this order; of a directory when it is left
 * </pre>
 *
 * <p>Linux only: these calls are in no Java library. What the system refuses is told, and the rest
 * is kept; a full disk ends the export.
 */
@NullMarked
package drydock.export.folder;

import org.jspecify.annotations.NullMarked;
