package drydock.evidence;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.MountEntry;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.oci.Fields;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archives of what was mounted, in a checkpoint: of tmpfs mounts by CRIU ({@code
 * tmpfs-dev-N.tar.gz.img}, N the number of the device as the kernel keeps it), of {@code /dev/shm}
 * and of named volumes by Podman.
 */
record FrozenMounts(Checkpoint checkpoint) {
  private static final TreePath SHARED_MEMORY = TreePath.of("/dev/shm");
  private static final int MAX_CONFIG = 16 << 20;
  private static final int MINOR_BITS = 20;

  /**
   * An archive.
   *
   * @param volume its name, if it is of a volume
   */
  record Packed(Node file, @Nullable String volume) {}

  /** The archive of what was mounted at a path. */
  Optional<Packed> of(TreePath at) throws IOException {
    Optional<Packed> inMemory = tmpfs(at);
    if (inMemory.isPresent()) {
      return inMemory;
    }
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

  /** The archive of a tmpfs that was mounted there when the container was frozen. */
  private Optional<Packed> tmpfs(TreePath at) throws IOException {
    Optional<Node> images = checkpoint.images();
    if (images.isEmpty()) {
      return Optional.empty();
    }
    for (MountEntry each : Dump.open(images.get(), new FindingLog()).mounts()) {
      if ("tmpfs".equals(each.type()) && place(each).equals(at)) {
        long device = each.device().major() << MINOR_BITS | each.device().minor();
        Name name = Name.of("tmpfs-dev-" + device + ".tar.gz.img");
        Optional<Entry> file = images.get().child(name);
        if (file.isPresent()) {
          return Optional.of(new Packed(file.get().node(), null));
        }
      }
    }
    return Optional.empty();
  }

  /** Where it is in the container. */
  private static TreePath place(MountEntry mount) {
    return TreePath.of(mount.mountPoint().bytes());
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
