package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Optional;

/** Reads one kind of partition table. */
public interface PartitionScheme {
  String name();

  /** The table, if the disk has one of this kind; what is wrong with it becomes findings. */
  Optional<PartitionTable> read(ByteSource disk, FindingLog log) throws IOException;
}
