package drydock.evidence;

import drydock.bytes.Closing;
import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Engine;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.evidence.frozen.Base;
import drydock.evidence.frozen.BaseSource;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.evidence.frozen.NodeBases;
import drydock.evidence.frozen.SavedImages;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.host.HostTree;
import drydock.fs.tar.TarTree;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as evidence, and what was given beside it: disks of the node that it was made on.
 * The node is that, too, which the archive itself lies on.
 */
final class FrozenEvidence implements Closeable {
  private static final byte[] ROOT = {'/'};

  /** What a directory has at its top that a checkpoint was unpacked to, or an image of one. */
  private static final List<String> MARKS =
      List.of(
          "config.dump",
          "inventory.img",
          "pstree.img",
          "checkpoint/inventory.img",
          "pre-checkpoint/inventory.img",
          "checkpoint/pstree.img",
          "oci-layout");

  private final List<Closeable> opened;
  private final @Nullable Evidence node;
  private final FrozenRuntime runtime;

  private FrozenEvidence(
      List<Checkpoint> checkpoints,
      @Nullable Evidence node,
      List<BaseSource> saved,
      List<Closeable> opened,
      FindingLog log)
      throws IOException {
    this.opened = opened;
    this.node = node;
    List<Pod> pods = new ArrayList<>();
    if (node != null) {
      for (Runtime each : node.runtimes()) {
        pods.addAll(each.pods());
      }
    }
    this.runtime = new FrozenRuntime(checkpoints, bases(node, saved, log), pods, log);
  }

  private static BaseSource bases(@Nullable Evidence node, List<BaseSource> saved, FindingLog log)
      throws IOException {
    List<BaseSource> sources = new ArrayList<>(saved);
    if (node != null) {
      sources.add(new NodeBases(node.runtimes(), log));
    }
    return (facts, engine) -> first(sources, facts, engine);
  }

  private static Optional<Base> first(List<BaseSource> sources, ContainerFacts facts, Engine engine)
      throws IOException {
    for (BaseSource each : sources) {
      Optional<Base> base = each.find(facts, engine);
      if (base.isPresent()) {
        return base;
      }
    }
    return Optional.empty();
  }

  /**
   * Opens what is a checkpoint; empty when it is something else.
   *
   * @throws drydock.bytes.UnsupportedFormatException when it is an archive and holds none
   */
  static Optional<FrozenEvidence> open(EvidenceOptions options, FindingLog log) throws IOException {
    NestedPath path = NestedPath.of(options.path().toString());
    List<Closeable> opened = new ArrayList<>();
    try {
      List<Checkpoint> checkpoints = List.of();
      Evidence node = null;
      List<BaseSource> saved = new ArrayList<>();
      byte[] inside = path.inside();
      if (inside == null) {
        checkpoints = checkpoints(path.file(), opened, log);
      }
      if (inside != null || !checkpoints.isEmpty()) {
        List<Path> disks = new ArrayList<>(inside == null ? List.of() : List.of(path.file()));
        for (Path disk : options.disks()) {
          Optional<BaseSource> images = images(disk, opened, log);
          images.ifPresent(saved::add);
          if (images.isEmpty() && checkpoints(disk, opened, log).isEmpty()) {
            disks.add(disk);
          }
        }
        if (!disks.isEmpty()) {
          node = Evidence.open(options.with(disks.get(0), disks.subList(1, disks.size())), log);
          opened.add(node);
        }
      }
      if (inside != null && node != null) {
        checkpoints = Checkpoint.open(node.node(), inside, log);
      }
      if (!checkpoints.isEmpty()) {
        return Optional.of(new FrozenEvidence(checkpoints, node, saved, opened, log));
      }
    } catch (IOException e) {
      Closing.all(opened);
      throw e;
    }
    Closing.all(opened);
    return Optional.empty();
  }

  /** The images that were saved to a file or directory; empty when it is something else. */
  private static Optional<BaseSource> images(Path path, List<Closeable> opened, FindingLog log)
      throws IOException {
    FileTree tree;
    if (Files.isDirectory(path)) {
      HostTree directory = HostTree.open(path, log);
      opened.add(directory);
      tree = directory;
    } else if (Files.isRegularFile(path) && Files.size(path) > 0) {
      OpenDisk file = new RawFormat().open(path, log);
      opened.add(file);
      if (!TarTree.isArchive(file.bytes())) {
        return Optional.empty();
      }
      tree = TarTree.open(file.bytes(), log);
    } else {
      return Optional.empty();
    }
    return SavedImages.mayHold(tree.root())
        ? Optional.of(new SavedImages(tree, log))
        : Optional.empty();
  }

  /** Those of an archive or of a directory of this machine; none when it is neither. */
  static List<Checkpoint> checkpoints(Path path, List<Closeable> opened, FindingLog log)
      throws IOException {
    if (Files.isDirectory(path)) {
      if (MARKS.stream().noneMatch(mark -> Files.exists(path.resolve(mark))) && !hasPages(path)) {
        return List.of();
      }
      HostTree directory = HostTree.open(path, log);
      opened.add(directory);
      return Checkpoint.open(directory, ROOT, log);
    }
    if (!Files.isRegularFile(path) || Files.size(path) == 0) {
      return List.of();
    }
    OpenDisk file = new RawFormat().open(path, log);
    opened.add(file);
    return TarTree.isArchive(file.bytes()) ? Checkpoint.open(file.bytes(), log) : List.of();
  }

  /** Whether it is memory alone, as a page server writes it. */
  private static boolean hasPages(Path directory) throws IOException {
    try (DirectoryStream<Path> maps = Files.newDirectoryStream(directory, "pagemap-*.img")) {
      return maps.iterator().hasNext();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  FrozenRuntime runtime() {
    return runtime;
  }

  /** The node that the container ran on, if it was given. */
  Optional<Evidence> node() {
    return Optional.ofNullable(node);
  }

  Origin origin() {
    return runtime.origin();
  }

  @Override
  public void close() throws IOException {
    Closing.all(opened);
  }
}
