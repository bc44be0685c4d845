package drydock.evidence.frozen;

import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Engine;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.oci.ImageReference;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Layers on the node: those below the snapshot of the container itself, or those of its image if
 * the node has that.
 */
public final class NodeBases implements BaseSource {
  private static final String DOUBT = "only the image's name says that it is the same";

  private final List<Runtime> runtimes;
  private final FindingLog log;

  public NodeBases(List<Runtime> runtimes, FindingLog log) {
    this.runtimes = runtimes;
    this.log = log;
  }

  @Override
  public Optional<Base> find(ContainerFacts frozen, Engine engine) throws IOException {
    for (Runtime runtime : runtimes) {
      for (Container each : runtime.containers()) {
        if (each.id().equals(frozen.id())) {
          Optional<Base> base = ofContainer(runtime, each);
          if (base.isPresent()) {
            return base;
          }
        }
      }
    }
    Optional<Base> sure = ofImage(frozen, false);
    return sure.isPresent() ? sure : ofImage(frozen, true);
  }

  private Optional<Base> ofContainer(Runtime runtime, Container container) throws IOException {
    try {
      Optional<FileTree> tree = runtime.baseFs(container);
      if (tree.isEmpty()) {
        return Optional.empty();
      }
      List<SnapshotLink> chain = runtime.chain(container);
      List<SnapshotLink> links = chain.subList(Math.min(1, chain.size()), chain.size());
      byte[] config = runtime.documents(container).get("image.config");
      return Optional.of(new Base(tree.get(), links, config, null));
    } catch (NoSuchFileException e) {
      log.add(e, container.origin());
      return Optional.empty();
    }
  }

  private Optional<Base> ofImage(ContainerFacts frozen, boolean byName) throws IOException {
    for (Runtime runtime : runtimes) {
      for (Image image : runtime.images()) {
        if (byName ? isCalled(image, frozen.image()) : is(image, frozen)) {
          Optional<FileTree> tree = runtime.imageFs(image);
          if (tree.isPresent()) {
            return Optional.of(new Base(tree.get(), List.of(), null, byName ? DOUBT : null));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** By what is in it: the digest of its manifest, or of its configuration as CRI names it. */
  private static boolean is(Image image, ContainerFacts frozen) {
    String digest = String.valueOf(image.digest());
    return image.name().equals(frozen.imageId())
        || String.valueOf(frozen.imageDigest()).endsWith("@" + digest)
        || digest.equals(frozen.imageDigest());
  }

  private static boolean isCalled(Image image, @Nullable String name) {
    if (name == null) {
      return false;
    }
    String wanted = ImageReference.parse(name).map(ImageReference::toString).orElse(name);
    String there =
        ImageReference.parse(image.name()).map(ImageReference::toString).orElse(image.name());
    return there.equals(wanted);
  }
}
