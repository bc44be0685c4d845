package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.fs.tar.TarTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint of one container: the images that CRIU wrote of its processes, and what the engine
 * put beside them. Safe from many threads. All that it gives is read in place; each part may be
 * missing.
 */
public final class Checkpoint {
  private final Node directory;
  private final Engine engine;
  private final ContainerFacts facts;

  private Checkpoint(Node directory, Documents documents) {
    this.directory = directory;
    Flavour flavour = Flavours.of(documents);
    this.engine = flavour.engine();
    this.facts = flavour.facts(documents);
  }

  /**
   * The checkpoints in an archive, packed or not, or in a directory: one, or those of the
   * containers of a pod.
   *
   * @throws drydock.bytes.UnsupportedFormatException when there is none
   */
  public static List<Checkpoint> open(Node start, FindingLog log) throws IOException {
    return start.meta().isDirectory()
        ? new Search(log).checkpoints(start)
        : open(start.content(), log);
  }

  /** The same in the bytes of an archive. */
  public static List<Checkpoint> open(ByteSource archive, FindingLog log) throws IOException {
    return new Search(log).checkpoints(TarTree.open(archive, log).root());
  }

  static Checkpoint of(Node directory, FindingLog log) throws IOException {
    return new Checkpoint(directory, new Documents(directory, log));
  }

  public Engine engine() {
    return engine;
  }

  /** What the engine says of the container. */
  public ContainerFacts facts() {
    return facts;
  }

  /** The directory that holds it all: the root of the archive, as a rule. */
  public Node directory() {
    return directory;
  }

  public Origin origin() {
    return directory.origin();
  }

  /** The directory with the images of CRIU. */
  public Optional<Node> images() throws IOException {
    return Search.images(directory);
  }

  /**
   * The sum of the sizes of all images, of all pages among them, and of what changed in the root.
   */
  public Sizes sizes() throws IOException {
    return Sizes.of(this);
  }

  /** A file beside the images by its name, as in {@code rootfs-diff.tar}. */
  public Optional<Node> file(String name) throws IOException {
    return Search.file(directory, name);
  }
}
