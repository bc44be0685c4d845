package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.util.List;
import java.util.Optional;

/**
 * A disk without a table, as one partition with the number 0; asked last, for it is always right.
 */
public final class WholeDisk implements PartitionScheme {
  public static final String NAME = "none";
  private static final int SECTOR = 512;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<PartitionTable> read(ByteSource disk, FindingLog log) {
    Partition whole = new Partition(0, 0, disk.size(), null, null, null, null, 0, disk);
    return Optional.of(new PartitionTable(NAME, null, SECTOR, List.of(whole)));
  }
}
