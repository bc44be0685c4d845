package drydock.fs.ext4;

import org.jspecify.annotations.Nullable;

/**
 * A node of an inode's map: of an extent tree, or a block of block numbers.
 *
 * @param block where it lies; 0 for the one in the inode
 * @param depth how many levels are below it, of extents; how many levels of numbers it begins
 * @param fileBlock the first block of the file that it is about
 * @param entries how many are in use
 * @param max for how many there is room
 * @param stored its checksum; null when it has none
 * @param computed what its checksum should be; null when it has none
 */
public record MapNode(
    long block,
    int depth,
    long fileBlock,
    int entries,
    int max,
    @Nullable Integer stored,
    @Nullable Integer computed) {}
