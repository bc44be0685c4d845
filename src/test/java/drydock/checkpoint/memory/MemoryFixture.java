package drydock.checkpoint.memory;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.CheckpointFixture;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of checkpoints of fixtures/, read out of their archives as they lie there. */
final class MemoryFixture {
  private MemoryFixture() {}

  static Memory open(String name, FindingLog log) throws IOException {
    Path archive = CheckpointFixture.archive(name);
    ArraySource bytes = new ArraySource(Files.readAllBytes(archive), Origin.of(name));
    Checkpoint checkpoint = Checkpoint.open(bytes, log).get(0);
    return Memory.open(checkpoint.existingImages(), checkpoint.parents(), log);
  }
}
