package drydock.evidence;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.tar.TarTree;
import drydock.kubernetes.KubeletPath;
import drydock.kubernetes.PodManifest;
import drydock.runtime.Mount;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was mounted in a container when it was frozen: what the checkpoint itself has of it; else
 * what the node's disk has, which is younger.
 */
final class FrozenSources implements MountSources {
  private static final String YOUNGER =
      "from the node's disk, as it was when that was acquired, not when the container was frozen";

  private final Checkpoint checkpoint;
  private final @Nullable MountSources node;
  private final FindingLog log;
  private final LaterMounts mounted;

  /**
   * @param node what finds mounts on the node; null when that was not given
   * @param knowsLinks whether the layers of the image are there, in which links are
   */
  FrozenSources(
      Checkpoint checkpoint, @Nullable MountSources node, boolean knowsLinks, FindingLog log) {
    this.checkpoint = checkpoint;
    this.node = node;
    this.log = log;
    this.mounted = new LaterMounts(checkpoint, knowsLinks, log);
  }

  @Override
  public Sourced of(Mount mount, TreePath at, @Nullable PodManifest manifest) throws IOException {
    Sourced packed = packed(mount, at);
    if (packed != null) {
      return packed;
    }
    if (node == null) {
      return withoutNode(mount);
    }
    Sourced later = node.of(mount, at, manifest);
    return later.status() == MountStatus.PRESENT ? later.saying(younger(later), true) : later;
  }

  /** What was mounted besides the mounts of the spec. */
  List<LaterMounts.Later> later(List<ContainerMount> specified) throws IOException {
    List<LaterMounts.Later> later = mounted.besides(specified, this);
    if (later.size() > Mounts.MAX_MOUNTS) {
      String what = later.size() + " mounts are not in the spec, shown are " + Mounts.MAX_MOUNTS;
      log.add(Finding.damage(checkpoint.origin(), 0, what));
    }
    return later.subList(0, Math.min(later.size(), Mounts.MAX_MOUNTS));
  }

  /** The places of mounts of the spec that were mounted no more. */
  Set<TreePath> unmounted(List<ContainerMount> specified) {
    return mounted.unmounted(specified);
  }

  private static String younger(Sourced later) {
    return later.note() == null ? YOUNGER : YOUNGER + "; " + later.note();
  }

  /** What the checkpoint has of it. */
  @Nullable Sourced packed(Mount mount, TreePath at) throws IOException {
    String type = mount.type() == null ? "bind" : mount.type();
    Optional<FrozenMounts.Packed> archive = new FrozenMounts(checkpoint).of(at);
    if (archive.isEmpty()) {
      return null;
    }
    Node file = archive.get().file();
    try {
      FileTree tree = TarTree.open(file.content(), log);
      Lookup.Found root = new Lookup.Found(TreePath.ROOT, tree.root());
      String kind = archive.get().volume() == null ? type : "named-volume";
      return Sourced.present(kind, archive.get().volume(), tree, root);
    } catch (IOException e) {
      log.add(Finding.missing(file.origin(), at + " cannot be read: " + e.getMessage()));
      String what = "its archive in the checkpoint cannot be read";
      return Sourced.absent(type, null, MountStatus.MISSING, what, file.origin());
    }
  }

  private Sourced withoutNode(Mount mount) {
    String type = mount.type();
    String source = mount.source();
    boolean bound = mount.options().contains("bind") || mount.options().contains("rbind");
    Origin origin = checkpoint.origin().child("mount at " + mount.destination());
    if (type != null && !type.equals("bind") && !bound) {
      return Sources.ofType(type, mount.options(), source, origin);
    }
    if (source == null) {
      String what = "the spec names no path that it was made from";
      return Sourced.absent("bind", null, MountStatus.MISSING, what, origin);
    }
    Optional<KubeletPath> path = KubeletPath.parse(source);
    boolean volume = path.isPresent() && path.get().part() == KubeletPath.Part.VOLUME;
    String kind = volume ? "volume" : Sources.kind(path, source);
    String what = "it was " + source + " on the node, whose disk --disk takes";
    return Sourced.absent(kind, null, MountStatus.ELSEWHERE, what, origin);
  }
}
