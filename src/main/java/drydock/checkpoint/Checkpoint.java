package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.tar.TarTree;
import drydock.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of one container: the images that CRIU wrote of its processes, and what the engine
 * put beside them. Safe from many threads. All that it gives is read in place; each part may be
 * missing.
 */
public final class Checkpoint {
  /** The longest document of an engine that is read, in bytes. */
  public static final int MAX_DOCUMENT = 16 << 20;

  private static final String VOLUMES = "volumes";
  private static final String TAR = ".tar";

  private final Place place;
  private final Map<String, String> imageAnnotations;
  private final Documents documents;
  private final FindingLog log;
  private final Engine engine;
  private final ContainerFacts facts;
  private final List<Place> earlier;
  private final @Nullable Node pages;

  private Checkpoint(
      Place place, Map<String, String> annotations, Documents documents, FindingLog log) {
    this.place = place;
    this.imageAnnotations = annotations;
    this.documents = documents;
    this.log = log;
    Flavour flavour = Flavours.of(documents);
    this.engine = flavour.engine();
    this.facts = flavour.facts(documents);
    this.earlier = List.of();
    this.pages = null;
  }

  private Checkpoint(Checkpoint same, List<Place> earlier, @Nullable Node pages) {
    this.place = same.place;
    this.imageAnnotations = same.imageAnnotations;
    this.documents = same.documents;
    this.log = same.log;
    this.engine = same.engine;
    this.facts = same.facts;
    this.earlier = List.copyOf(earlier);
    this.pages = pages;
  }

  /**
   * The checkpoints at a path of a tree: of an archive there, packed or not, or a directory. One,
   * or those of the containers of a pod, or all in a directory of archives; or that of an image,
   * whose document among the blobs of a store is named.
   *
   * @throws drydock.bytes.UnsupportedFormatException when there is none
   */
  public static List<Checkpoint> open(FileTree tree, byte[] path, FindingLog log)
      throws IOException {
    Lookup.Found found = new Lookup(tree).find(path, true);
    if (found.node().meta().isDirectory()) {
      return new Search(log).in(new Place(tree, found.path(), found.node()));
    }
    ByteSource content = found.node().content();
    Optional<Place> store = ImageSearch.storeOf(tree, found.path(), content);
    return store.isPresent() ? new Search(log).inImage(store.get(), content) : open(content, log);
  }

  /** The same in the bytes of an archive. */
  public static List<Checkpoint> open(ByteSource archive, FindingLog log) throws IOException {
    FileTree tree = TarTree.open(archive, log);
    return new Search(log).in(new Place(tree, TreePath.ROOT, tree.root()));
  }

  static Checkpoint of(Place place, ImageNotes notes, FindingLog log) throws IOException {
    return new Checkpoint(place, notes.annotations(), new Documents(place.node(), notes, log), log);
  }

  /** Whether the document of an image, or of several, says that there is a checkpoint in it. */
  public static boolean isIn(ByteSource document) throws IOException {
    return ImageSearch.isOfCheckpoint(document);
  }

  public Engine engine() {
    return engine;
  }

  /** What the engine says of the container. */
  public ContainerFacts facts() {
    return facts;
  }

  /** The annotations of the image that it was packed in; empty when it was in none. */
  public Map<String, String> imageAnnotations() {
    return imageAnnotations;
  }

  /** The directory that holds it all: the root of the archive, as a rule. */
  public Node directory() {
    return place.node();
  }

  /** The path of that directory in the archive or directory that was opened. */
  public TreePath path() {
    return place.path();
  }

  public Origin origin() {
    return place.node().origin();
  }

  /** The directory with the images of CRIU, and those of its pages that a page server has. */
  public Optional<Node> images() throws IOException {
    return imagesPlace().map(Place::node);
  }

  private Optional<Place> imagesPlace() throws IOException {
    Optional<Place> own = Search.images(place);
    if (own.isEmpty() || pages == null) {
      return own;
    }
    Place images = own.get();
    Node all = Folder.joined(images.node(), pages);
    return Optional.of(new Place(images.tree(), images.path(), all));
  }

  /**
   * The same for what tells nothing without.
   *
   * @throws NoSuchFileException when there is none
   */
  public Node existingImages() throws IOException {
    return images()
        .orElseThrow(
            () ->
                new NoSuchFileException(origin() + ": the images of the processes are not there"));
  }

  /**
   * The directories of the dumps that this one was made upon, the nearest first: what had not
   * changed since lies there only. One that is named and not there is a finding.
   */
  public List<Node> parents() throws IOException {
    return parents(log);
  }

  List<Node> parents(FindingLog told) throws IOException {
    Optional<Place> images = imagesPlace();
    return images.isEmpty() ? List.of() : new ParentDumps(images.get(), earlier, told).chain();
  }

  /** Whether pages are not in its archive: in a dump that this one was made upon, or a server's. */
  public boolean lacksPages() throws IOException {
    FindingLog told = new FindingLog();
    parents(told);
    Optional<Node> images = images();
    return told.hasLosses() || images.isPresent() && Images.of(images.get(), told).lacksPages();
  }

  /**
   * The same checkpoint, whose pages may lie in other archives and directories: in the dumps before
   * it, as those that Podman makes with {@code --with-previous}, and where a page server wrote
   * them. What is of another container is left out with a finding.
   */
  public Checkpoint with(List<Checkpoint> others) throws IOException {
    List<Place> places = new ArrayList<>();
    Node served = null;
    for (Checkpoint each : others) {
      String id = each.facts.id();
      Optional<Place> images = Search.images(each.place);
      if (id != null && facts.id() != null && !id.equals(facts.id())) {
        String what = "is of another container: nothing of this one is looked for in it";
        log.add(Finding.note(each.origin(), what));
      } else if (images.isPresent() && isServed(images.get().node())) {
        served = images.get().node();
      } else if (images.isPresent()) {
        places.add(images.get());
      }
    }
    return new Checkpoint(this, places, served);
  }

  /** A page server leaves no inventory. */
  private boolean isServed(Node images) throws IOException {
    Images all = Images.of(images, log);
    return all.hasMemoryAlone() && !all.has(ImageKind.INVENTORY.file());
  }

  /** A file beside the images by its name, as in {@code stats-dump}. */
  public Optional<Node> file(String name) throws IOException {
    return Search.file(place.node(), name);
  }

  /** What changed in the root since the container was made; the engine's whiteouts are in it. */
  public Optional<FileTree> rootFsDiff() throws IOException {
    return tree("rootfs-diff.tar");
  }

  /** What lay in {@code /dev/shm}, where the engine packed it. */
  public Optional<FileTree> devShm() throws IOException {
    return tree("devshm-checkpoint.tar");
  }

  /** The contents of volumes by name, where the engine packed them. */
  public SortedMap<String, FileTree> volumes() throws IOException {
    SortedMap<String, FileTree> volumes = new TreeMap<>();
    Optional<Entry> directory = place.node().child(Name.of(VOLUMES));
    if (directory.isPresent() && directory.get().node().meta().isDirectory()) {
      for (Entry each : directory.get().node().list()) {
        Node node = each.node();
        String name = each.name().toString();
        if (node.meta().isFile() && name.endsWith(TAR)) {
          volumes.put(
              name.substring(0, name.length() - TAR.length()), TarTree.open(node.content(), log));
        }
      }
    }
    return volumes;
  }

  private Optional<FileTree> tree(String name) throws IOException {
    Optional<Node> file = file(name);
    return file.isEmpty() || file.get().meta().size() == 0
        ? Optional.empty()
        : Optional.of(TarTree.open(file.get().content(), log));
  }

  /** The paths of the image that were deleted, where the engine lists them apart. */
  public List<String> deletedFiles() throws IOException {
    Optional<Node> file = file("deleted.files");
    return file.isEmpty()
        ? List.of()
        : JsonList.of(file.get().content(), MAX_DOCUMENT).texts(JsonList.NAME);
  }

  /** What the container's program wrote. */
  public Optional<Node> log() throws IOException {
    Optional<Node> podman = file("ctr.log");
    return podman.isPresent() ? podman : file("container.log");
  }

  public Optional<RuntimeSpec> spec() {
    return documents.spec();
  }

  /** When the images were written: the time of the last of them that every dump has. */
  public @Nullable Instant dumped() throws IOException {
    Optional<Node> images = images();
    Optional<Node> inventory =
        images.isEmpty() ? Optional.empty() : Search.file(images.get(), ImageKind.INVENTORY.file());
    return inventory.isEmpty() ? null : inventory.get().meta().times().modified();
  }

  /** When the container was frozen: as the engine says, or else when the images were written. */
  public @Nullable Instant checkpointed() throws IOException {
    return facts.checkpointed() != null ? facts.checkpointed() : dumped();
  }

  /** How large its parts are. */
  public Sizes sizes() throws IOException {
    return Sizes.of(this);
  }

  /** What CRIU measured; null where there is nothing of it. */
  public @Nullable Statistics statistics() throws IOException {
    return Statistics.read(Images.of(place.node(), log));
  }

  /** How many processes were frozen; null where that is not known. */
  public @Nullable Long processes() throws IOException {
    Optional<Node> images = images();
    if (images.isEmpty()) {
      return null;
    }
    Images all = Images.of(images.get(), log);
    if (all.hasMemoryAlone()) {
      return null;
    }
    String name = ImageKind.PSTREE.file();
    Optional<ImageFile> tree = all.isThere(name) ? all.fitting(name) : Optional.empty();
    long[] count = new long[1];
    if (tree.isPresent()) {
      tree.get()
          .entries(
              entry -> {
                count[0]++;
                return true;
              });
    }
    return count[0] == 0 ? null : count[0];
  }
}
