package drydock.partition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme read from a disk.
 *
 * @param scheme {@code gpt}, {@code mbr} or {@code none}
 * @param id GPT: the disk GUID; MBR: the signature
 * @param sectorBytes the logical sector size the table was found with
 * @param partitions by number
 */
public record PartitionTable(
    String scheme, @Nullable String id, int sectorBytes, List<Partition> partitions) {}
