package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.memory.Memory;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import java.io.IOException;
import java.util.List;

/**
 * What was frozen: the dump of a checkpoint, and its memory.
 *
 * @param parents the directories of the dumps that it was made upon, the nearest first
 */
record Frozen(Node images, List<Node> parents, Dump dump, FindingLog log) {
  /**
   * The dump of a checkpoint.
   *
   * @throws java.nio.file.NoSuchFileException when it has no images
   */
  static Frozen of(Checkpoint checkpoint, FindingLog log) throws IOException {
    Node images = checkpoint.existingImages();
    return new Frozen(images, checkpoint.parents(), Dump.open(images, log), log);
  }

  Memory memory() throws IOException {
    return Memory.open(images, parents, log);
  }
}
