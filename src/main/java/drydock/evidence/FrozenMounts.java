package drydock.evidence;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.fs.Entry;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.oci.Fields;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archives of what was mounted, in a checkpoint: of {@code /dev/shm} and of named volumes by
 * Podman.
 */
record FrozenMounts(Checkpoint checkpoint) {
  private static final TreePath SHARED_MEMORY = TreePath.of("/dev/shm");
  private static final int MAX_CONFIG = 16 << 20;

  /**
   * An archive.
   *
   * @param volume its name, if it is of a volume
   */
  record Packed(Node file, @Nullable String volume) {}

  /** The archive of what was mounted at a path. */
  Optional<Packed> of(TreePath at) throws IOException {
    if (at.equals(SHARED_MEMORY)) {
      return checkpoint.file("devshm-checkpoint.tar").map(file -> new Packed(file, null));
    }
    Optional<String> volume = volume(at);
    Optional<Entry> directory =
        volume.isEmpty() ? Optional.empty() : checkpoint.directory().child(Name.of("volumes"));
    if (directory.isEmpty() || !directory.get().node().meta().isDirectory()) {
      return Optional.empty();
    }
    Optional<Entry> file = directory.get().node().child(Name.of(volume.get() + ".tar"));
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(new Packed(file.get().node(), volume.get()));
  }

  /** The volume that Podman's configuration says was mounted there. */
  private Optional<String> volume(TreePath at) throws IOException {
    Optional<Node> config = checkpoint.file("config.dump");
    if (config.isEmpty()) {
      return Optional.empty();
    }
    ByteSource content = config.get().content();
    Fields fields = Fields.parse(content.allBytes(MAX_CONFIG), content.origin());
    for (Fields each : fields.objects("namedVolumes")) {
      String dest = each.text("dest");
      if (dest != null && TreePath.of(dest).equals(at)) {
        return Optional.ofNullable(each.text("volumeName"));
      }
    }
    return Optional.empty();
  }
}
