package drydock.checkpoint.triage;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.memory.Memory;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import java.io.IOException;
import java.util.List;

/** Applies all rules to a checkpoint. For one thread. */
public final class Triage {
  private final boolean secretsShown;
  private final FindingLog log;

  /**
   * @param secretsShown whether values that look secret are told, else that they are there
   * @param log takes what is damaged or missing; the rest is looked at
   */
  public Triage(boolean secretsShown, FindingLog log) {
    this.secretsShown = secretsShown;
    this.log = log;
  }

  /**
   * What is worth a look, the most first.
   *
   * @throws java.nio.file.NoSuchFileException when the checkpoint has no images of processes
   */
  public List<Clue> of(Checkpoint checkpoint) throws IOException {
    Node images = checkpoint.existingImages();
    Dump dump = Dump.open(images, log);
    Scene scene = new SceneReader(checkpoint, dump, log).read();
    Memory memory = Memory.open(images, checkpoint.parents(), log);
    SubjectReader subjects = new SubjectReader(dump, memory, scene.files(), log);
    Clues clues = new Clues();
    List<Rules.OfProcess> rules = Rules.ofProcess(new Environments(secretsShown));
    for (Process each : scene.processes()) {
      Subject subject = subjects.read(each);
      for (Rules.OfProcess rule : rules) {
        attempt(() -> rule.look(subject, scene, clues), each.origin());
      }
    }
    for (Rules.OfContainer rule : Rules.OF_CONTAINER) {
      attempt(() -> rule.look(scene, clues), checkpoint.origin());
    }
    return clues.sorted();
  }

  /** Applies a rule. */
  @FunctionalInterface
  private interface Look {
    void run() throws IOException;
  }

  /** What one rule cannot read must not hide what the others find. */
  private void attempt(Look look, Origin where) {
    try {
      look.run();
    } catch (IOException e) {
      log.add(e, where);
    }
  }
}
