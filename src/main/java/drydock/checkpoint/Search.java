package drydock.checkpoint;

import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where in an archive or directory the checkpoints lie. */
final class Search {
  private static final String INVENTORY = "inventory.img";
  private static final String IMAGES = "checkpoint";

  private final FindingLog log;

  Search(FindingLog log) {
    this.log = log;
  }

  List<Checkpoint> checkpoints(Node root) throws IOException {
    if (isCheckpoint(root)) {
      return List.of(Checkpoint.of(root, log));
    }
    throw new UnsupportedFormatException(
        root.origin(), "holds no checkpoint: neither " + IMAGES + "/ nor " + INVENTORY);
  }

  private static boolean isCheckpoint(Node directory) throws IOException {
    return images(directory).isPresent() || file(directory, "config.dump").isPresent();
  }

  /** The directory of the images: it has a name of its own, or is the whole of a bare dump. */
  static Optional<Node> images(Node directory) throws IOException {
    Optional<Entry> below = directory.child(Name.of(IMAGES));
    if (below.isPresent()) {
      Node node = below.get().node();
      if (node.meta().isDirectory()) {
        return Optional.of(node);
      }
    }
    return file(directory, INVENTORY).isPresent() ? Optional.of(directory) : Optional.empty();
  }

  /** A regular file of a directory. */
  static Optional<Node> file(Node directory, String name) throws IOException {
    Optional<Entry> entry = directory.child(Name.of(name));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Node node = entry.get().node();
    return node.meta().isFile() ? Optional.of(node) : Optional.empty();
  }
}
