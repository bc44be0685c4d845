package drydock.provenance;

import drydock.evidence.ContainerMount;
import drydock.evidence.MountStatus;
import drydock.evidence.Mounts;
import drydock.fs.Graft;
import drydock.fs.Name;
import drydock.fs.TreePath;
import drydock.overlay.LayerNode;
import drydock.overlay.OverlayTree;
import drydock.overlay.Whereabouts;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one container sees: its layers, and over them what was mounted. For one thread. */
final class ContainerView {
  private static final String OWN_COPY = "snapshots are whole copies: the container has its own";

  private final Runtime runtime;
  private final Container container;
  private final Mounts.@Nullable Mounted mounted;
  private final @Nullable Whereabouts whereabouts;

  private ContainerView(Runtime runtime, Container container, Mounts.@Nullable Mounted mounted) {
    this.runtime = runtime;
    this.container = container;
    this.mounted = mounted;
    this.whereabouts =
        mounted != null && mounted.layers() instanceof OverlayTree overlay
            ? new Whereabouts(overlay)
            : null;
  }

  /** Of a container whose files may be missing; {@code mounts} tells so to the log. */
  static ContainerView of(Runtime runtime, Container container, Mounts mounts) throws IOException {
    Mounts.Mounted mounted;
    try {
      mounted = mounts.mounted(runtime, container);
    } catch (NoSuchFileException e) {
      mounted = null; // a chain of which nothing is there, which the engine told of
    }
    return new ContainerView(runtime, container, mounted);
  }

  Runtime runtime() {
    return runtime;
  }

  Container container() {
    return container;
  }

  Mounts.@Nullable Mounted mounted() {
    return mounted;
  }

  List<ContainerMount> mounts() {
    return mounted == null ? List.of() : mounted.mounts();
  }

  /** What is seen of a mount; null when a later one covers it. */
  @Nullable Graft graft(ContainerMount mount) {
    if (mounted == null || mount.status() == MountStatus.COVERED) {
      return null;
    }
    for (Graft graft : mounted.grafts()) {
      if (graft.at().equals(mount.at())) {
        return graft;
      }
    }
    return null;
  }

  /** Of what lies in a layer; {@code layer} null for a snapshot that is none of its layers. */
  Use ofLayer(@Nullable Integer layer, TreePath inside) throws IOException {
    if (layer == null) {
      String why = mounted == null ? "its layers are not all there" : OWN_COPY;
      Seen seen = mounted == null ? null : Seen.NO;
      return new Use(container, Use.By.LAYER, null, null, inside, seen, why);
    }
    if (whereabouts == null) {
      return covered(layer, inside, Seen.YES);
    }
    Whereabouts.Answer answer = whereabouts.of(layer, inside);
    return switch (answer.part()) {
      case SHOWN -> covered(layer, answer.path(), Seen.YES);
      case MERGED -> covered(layer, answer.path(), Seen.MERGED);
      case CONTENT -> covered(layer, answer.path(), Seen.CONTENT);
      case WHITEOUT -> covered(layer, answer.path(), Seen.WHITEOUT);
      case HIDDEN ->
          new Use(container, Use.By.LAYER, layer, null, answer.path(), Seen.NO, words(answer));
    };
  }

  private static String words(Whereabouts.Answer answer) {
    LayerNode by = answer.hiddenBy();
    if (by == null) {
      return "hidden by the layers above";
    }
    return answer.how() + " in layer " + by.index() + " (" + by.layer().label() + by.path() + ")";
  }

  private Use covered(Integer layer, TreePath path, Seen seen) {
    ContainerMount over = over(path);
    return over == null
        ? new Use(container, Use.By.LAYER, layer, null, path, seen, null)
        : new Use(container, Use.By.LAYER, layer, null, path, Seen.NO, under(over));
  }

  /**
   * Of what is mounted.
   *
   * @param shown whether it is what is seen there, or only stands for that
   * @param below where it lies in that
   */
  Use ofMount(ContainerMount mount, boolean shown, List<Name> below) {
    TreePath path = mount.at();
    for (Name name : below) {
      path = path.child(name);
    }
    Seen seen = Seen.NO;
    String why = mount.note();
    if (mount.status() == MountStatus.PRESENT && !shown) {
      why = "mounted there is " + mount.source();
    } else if (mount.status() == MountStatus.PRESENT) {
      ContainerMount over = over(path);
      seen = over == null || over.equals(mount) ? Seen.YES : Seen.NO;
      String guess = mount.guess() ? mount.note() : null;
      why = seen == Seen.NO && over != null ? under(over) : guess;
    }
    return new Use(container, Use.By.MOUNT, null, mount.at(), path, seen, why);
  }

  private static String under(ContainerMount mount) {
    return "under the mount at " + mount.at() + " (" + mount.kind() + ")";
  }

  /** The innermost mount that a path lies in. */
  private @Nullable ContainerMount over(TreePath path) {
    ContainerMount innermost = null;
    for (ContainerMount mount : mounts()) {
      boolean inside =
          mount.status() != MountStatus.COVERED
              && path.depth() >= mount.at().depth()
              && path.names().subList(0, mount.at().depth()).equals(mount.at().names());
      if (inside && (innermost == null || mount.at().depth() > innermost.at().depth())) {
        innermost = mount;
      }
    }
    return innermost;
  }
}
