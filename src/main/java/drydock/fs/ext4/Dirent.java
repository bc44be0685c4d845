package drydock.fs.ext4;

import drydock.fs.Name;
import drydock.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * A name in a directory.
 *
 * @param type what the entry says that the inode is; null when it does not say
 */
public record Dirent(Name name, long inode, @Nullable NodeType type) {}
