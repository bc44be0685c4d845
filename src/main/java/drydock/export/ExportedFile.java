package drydock.export;

import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.TreePath;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All of a node that a sink keeps besides its content.
 *
 * @param path below the root of what is exported; the root itself is {@link TreePath#ROOT}
 * @param linkOf the first path of the same inode, when this is a further name of it; such a file's
 *     content is not given again
 * @param attributes extended attributes by their full names, as stored
 * @param target a symlink's, as stored; empty for everything else
 */
public record ExportedFile(
    TreePath path,
    FileMeta meta,
    @Nullable TreePath linkOf,
    SortedMap<Name, byte[]> attributes,
    byte[] target) {}
