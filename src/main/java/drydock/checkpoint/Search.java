package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.checkpoint.criu.ImageKind;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.tar.TarTree;
import drydock.oci.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where in an archive or directory the checkpoints lie: it is one, it is an image with one in a
 * layer, or it holds archives and directories that are, as the checkpoint of a pod does.
 */
final class Search {
  /** Directories of images in archives; Podman's pre-dumps have the second one. */
  private static final List<Name> IMAGES =
      List.of(Name.of("checkpoint"), Name.of("pre-checkpoint"));

  /** Each dump has them, one at the least when others were lost. */
  private static final Pattern DUMP =
      Pattern.compile("inventory\\.img|pstree\\.img|(core|pagemap)-\\d+\\.img");

  private static final int MAX_DEPTH = 3;
  private static final int MAX_CANDIDATES = 10_000;

  private final FindingLog log;
  private final List<Checkpoint> found = new ArrayList<>();
  private int candidates;

  Search(FindingLog log) {
    this.log = log;
  }

  /**
   * All of them, in the order of their names.
   *
   * @throws UnsupportedFormatException when there is none
   */
  List<Checkpoint> in(Place place) throws IOException {
    look(place, Map.of(), 0);
    return found(place.node().origin());
  }

  /** All in the image of a document, whose blobs are below a directory. */
  List<Checkpoint> inImage(Place blobs, ByteSource document) throws IOException {
    new ImageSearch(this, blobs, 0, log).document(document);
    return found(document.origin());
  }

  /** Takes one that was found otherwise. */
  void add(Checkpoint checkpoint) {
    found.add(checkpoint);
  }

  private List<Checkpoint> found(Origin where) throws IOException {
    if (found.isEmpty()) {
      throw new UnsupportedFormatException(
          where,
          "holds no checkpoint: neither "
              + IMAGES.get(0)
              + "/ nor "
              + ImageKind.INVENTORY.file()
              + ", nor archives of them");
    }
    return withoutParents();
  }

  /** What another builds on is a part of that one. */
  private List<Checkpoint> withoutParents() throws IOException {
    Set<Object> parents = new HashSet<>();
    if (found.size() > 1) {
      for (Checkpoint each : found) {
        for (Node parent : each.parents(new FindingLog())) {
          parents.add(parent.identity());
        }
      }
    }
    List<Checkpoint> whole = new ArrayList<>();
    for (Checkpoint each : found) {
      if (!parents.contains(each.directory().identity())) {
        whole.add(each);
      }
    }
    return whole.isEmpty() ? List.copyOf(found) : List.copyOf(whole);
  }

  /** Looks at a directory. */
  void look(Place place, Map<String, String> annotations, int depth) throws IOException {
    if (isCheckpoint(place)) {
      found.add(Checkpoint.of(place, new ImageNotes(annotations, null), log));
    } else if (depth < MAX_DEPTH && !new ImageSearch(this, place, depth, log).search()) {
      Map<String, String> ofPod = new TreeMap<>(podAnnotations(place.node()));
      ofPod.putAll(annotations);
      for (Entry entry : place.node().list()) {
        if (++candidates > MAX_CANDIDATES) {
          return;
        }
        try {
          candidate(place, entry, ofPod, depth);
        } catch (IOException e) {
          log.add(e, place.node().origin());
        }
      }
    }
  }

  /** What CRI-O notes of a pod beside the directories of its containers. */
  private Map<String, String> podAnnotations(Node directory) throws IOException {
    Optional<Node> options = file(directory, "pod.options");
    if (options.isEmpty()) {
      return Map.of();
    }
    ByteSource content = options.get().content();
    try {
      byte[] raw = content.allBytes(Checkpoint.MAX_DOCUMENT);
      return Fields.parse(raw, content.origin()).map("annotations");
    } catch (IOException e) {
      log.add(e, content.origin());
      return Map.of();
    }
  }

  private void candidate(Place place, Entry entry, Map<String, String> annotations, int depth)
      throws IOException {
    Node node = entry.node();
    if (node.meta().isDirectory()) {
      Place below = new Place(place.tree(), place.path().child(entry.name()), node);
      if (isCheckpoint(below)) {
        look(below, annotations, depth + 1);
      }
    } else if (node.meta().isFile()) {
      archive(node.content(), annotations, depth + 1);
    }
  }

  /** Looks at what may be an archive. */
  void archive(ByteSource bytes, Map<String, String> annotations, int depth) throws IOException {
    if (TarTree.isArchive(bytes)) {
      FileTree tree = TarTree.open(bytes, log);
      look(new Place(tree, TreePath.ROOT, tree.root()), annotations, depth);
    }
  }

  private static boolean isCheckpoint(Place place) throws IOException {
    Node directory = place.node();
    return images(place).isPresent()
        || (file(directory, "config.dump").isPresent() && file(directory, "spec.dump").isPresent());
  }

  /** The directory of the images: it has a name of its own, or is the whole of a bare dump. */
  static Optional<Place> images(Place place) throws IOException {
    for (Name name : IMAGES) {
      Optional<Entry> below = place.node().child(name);
      if (below.isPresent()) {
        Node node = below.get().node();
        if (node.meta().isDirectory() && holds(node, file -> file.endsWith(ImageKind.SUFFIX))) {
          return Optional.of(new Place(place.tree(), place.path().child(name), node));
        }
      }
    }
    return holds(place.node(), DUMP.asMatchPredicate()) ? Optional.of(place) : Optional.empty();
  }

  private static boolean holds(Node directory, Predicate<String> name) throws IOException {
    for (Entry entry : directory.list()) {
      if (entry.type() != NodeType.DIRECTORY && name.test(entry.name().toString())) {
        return true;
      }
    }
    return false;
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
