package drydock.evidence.frozen;

import drydock.checkpoint.Checkpoint;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.fs.tar.TarTree;
import java.io.IOException;
import java.time.Instant;

/**
 * Tells what the archive of a container's changes cannot hold, in the way its engine writes it: a
 * note for each kind. Nothing of it can be mended, and none of it is damage.
 */
final class Losses {
  private final Checkpoint checkpoint;
  private final FindingLog log;
  private long files;
  private long whole;

  Losses(Checkpoint checkpoint, FindingLog log) {
    this.checkpoint = checkpoint;
    this.log = log;
  }

  /** Whether all times are whole seconds. */
  boolean tell(TarTree archive) throws IOException {
    new TreeWalk(new FindingLog()).walk(TreePath.ROOT, archive.root(), this::count);
    if (files == whole && files > 0) {
      note(archive, "times are whole seconds, of all " + files + " files that were changed");
    }
    note(archive, "sockets are left out by whoever packs it");
    switch (checkpoint.engine()) {
      case CONTAINERD -> ofContainerd(archive);
      case PODMAN, CRIO -> ofPodman(archive);
      case NONE -> {}
    }
    return files == whole;
  }

  private void count(TreePath path, Node node, FileMeta meta) {
    Instant modified = meta.times().modified();
    if (modified != null && !path.isRoot()) {
      files++;
      whole += modified.getNano() == 0 ? 1 : 0;
    }
  }

  private void ofContainerd(TarTree archive) {
    note(archive, "of the root directory itself nothing is said: it is shown as the image has it");
    note(
        archive,
        "of extended attributes only security.capability is kept, and what was changed in nothing"
            + " else is not there: it is shown as the image has it");
    note(
        archive,
        "directories are not there of which only the time was changed, by deleting what was made in"
            + " them: they are shown with the image's time");
  }

  private void ofPodman(TarTree archive) {
    note(
        archive,
        "/dev, /proc, /run, /sys, /run/secrets and /run/.containerenv themselves are not packed:"
            + " they are shown where the image has them");
    note(
        archive,
        "directories that were changed and not made are not packed: they are shown with the"
            + " image's owner, mode and time");
    note(
        archive,
        "a changed file of the image is packed only if the engine's own machine had a file of that"
            + " path, too: others are shown as the image has them");
  }

  private void note(TarTree archive, String what) {
    log.add(Finding.note(archive.origin(), what));
  }
}
