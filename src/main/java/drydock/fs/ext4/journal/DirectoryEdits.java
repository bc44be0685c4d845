package drydock.fs.ext4.journal;

import drydock.fs.Name;
import java.util.SortedMap;

/**
 * What fast commits changed in a directory.
 *
 * @param fresh whether the directory was made by them: nothing of it is to be read from the disk
 * @param changes the inode that a name stands for now; {@link #REMOVED} when it is gone
 */
public record DirectoryEdits(boolean fresh, SortedMap<Name, Long> changes) {
  public static final long REMOVED = 0;
}
