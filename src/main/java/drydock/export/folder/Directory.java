package drydock.export.folder;

import drydock.export.ExportedFile;
import drydock.fs.Name;
import drydock.fs.TreePath;

/**
 * A directory of the target that is being filled.
 *
 * @param descriptor open; -1 for one that lies too deep to be kept open
 * @param name what it is called in the target
 * @param file what it gets when all that is in it is written
 */
record Directory(TreePath path, int descriptor, Name name, ExportedFile file) {}
