package drydock.overlay;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Identity;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node of the merged view. Knows which layer it is from and what it hides in those below. */
public final class OverlayNode implements Node {
  private final Resolver resolver;
  private final @Nullable OverlayNode parent;
  private final Name name;
  private final List<LayerNode> places;
  private final List<LayerNode> stack;
  private volatile @Nullable Optional<OverlayNode> covered;

  /** The root: these directories merged. */
  OverlayNode(Resolver resolver, Name name, List<LayerNode> roots) {
    this(resolver, null, name, List.of(), roots);
  }

  /**
   * Makes the node of a name out of the layers' nodes that {@link Resolver#stack} found.
   *
   * @param parent the directory that it was looked up in; null for the root
   * @param places the layers' directories that it was looked up in
   */
  private OverlayNode(
      Resolver resolver,
      @Nullable OverlayNode parent,
      Name name,
      List<LayerNode> places,
      List<LayerNode> stack) {
    this.resolver = resolver;
    this.parent = parent;
    this.name = name;
    this.places = places;
    this.stack = List.copyOf(stack);
  }

  /** The topmost layer that has the node; all that {@link #meta()} tells is from there. */
  public LayerNode suppliedBy() {
    return stack.get(0);
  }

  /** The nodes that are merged, top first: of a directory all that take part, else the topmost. */
  public List<LayerNode> merged() {
    return stack;
  }

  /**
   * The layer's file that has the content; that is a lower one when only metadata was copied up.
   *
   * @throws CorruptDataException when no layer has the content
   */
  public LayerNode contentSuppliedBy() throws IOException {
    LayerNode top = suppliedBy();
    if (!top.node().meta().isFile() || !isMetadataOnly()) {
      return top;
    }
    Optional<LayerNode> data = resolver.content(from(places, top.index()), name);
    if (data.isEmpty()) {
      throw new CorruptDataException(
          top.node().origin(),
          0,
          "only metadata is in this layer and no lower one has the content");
    }
    return data.get();
  }

  private boolean isMetadataOnly() throws IOException {
    return resolver.marks().isMetadataOnly(suppliedBy().node());
  }

  /**
   * Where the layers below hold what the topmost one took over by a redirect: a directory that was
   * renamed, or a file of which only metadata were copied.
   *
   * @param directory the path in which the layers below hold what is merged with the parent
   */
  public Optional<TreePath> redirectedFrom(TreePath directory) throws IOException {
    FileMeta meta = suppliedBy().node().meta();
    boolean possible = meta.isDirectory() ? stack.size() > 1 : meta.isFile() && isMetadataOnly();
    if (!possible || !resolver.marks().followsRedirects()) {
      return Optional.empty();
    }
    return resolver
        .marks()
        .redirect(suppliedBy().node())
        .map(redirect -> redirect.under(redirect.absolute() ? TreePath.ROOT : directory));
  }

  /** What lower layers have under the same name and this node lies over, top first. */
  public List<Hidden> hidden() throws IOException {
    List<Hidden> hidden = new ArrayList<>();
    if (parent == null) {
      return hidden;
    }
    for (LayerNode directory : below(parent.levels(), suppliedBy().index())) {
      Optional<Entry> entry = resolver.child(directory, name);
      if (entry.isPresent()) {
        try {
          LayerNode at = directory.child(name, entry.get().node());
          if (!takesPart(at)) {
            boolean whiteout = resolver.marks().isWhiteout(at.node(), at.node().meta());
            hidden.add(new Hidden(at, whiteout));
          }
        } catch (IOException e) {
          resolver.report(e, directory, "hidden " + name);
        }
      }
    }
    return List.copyOf(hidden);
  }

  private boolean isWhiteout(Resolver.Sighting sighting) {
    return Listing.isWhiteout(resolver, sighting);
  }

  private boolean takesPart(LayerNode at) throws IOException {
    Object identity = at.node().identity();
    for (LayerNode mine : stack) {
      if (mine.index() == at.index() && mine.node().identity().equals(identity)) {
        return true;
      }
    }
    return false;
  }

  /** What the layers below the supplying one would show in this place. */
  public Optional<OverlayNode> beneath() throws IOException {
    if (parent == null) {
      List<LayerNode> rest = stack.subList(1, stack.size());
      return rest.isEmpty() ? Optional.empty() : Optional.of(new OverlayNode(resolver, name, rest));
    }
    return resolve(below(parent.levels(), suppliedBy().index()), parent, name);
  }

  /** The names that a directory no longer shows, with what they stood for, sorted by bytes. */
  public List<Deleted> deleted() throws IOException {
    SortedMap<Name, List<Resolver.Sighting>> names = new Listing(resolver, stack).names();
    SortedMap<Name, Deleted> deleted = new TreeMap<>();
    for (Map.Entry<Name, List<Resolver.Sighting>> entry : names.entrySet()) {
      Resolver.Sighting top = entry.getValue().get(0);
      if (isWhiteout(top)) {
        LayerNode mark = top.directory().child(entry.getKey(), top.entry().node());
        Optional<OverlayNode> was = resolve(below(levels(), mark.index()), this, entry.getKey());
        deleted.put(entry.getKey(), new Deleted(entry.getKey(), mark, was));
      }
    }
    Optional<OverlayNode> covered = covered();
    if (covered.isPresent()) {
      LayerNode mark = stack.get(stack.size() - 1);
      for (Entry entry : covered.get().list()) {
        if (!names.containsKey(entry.name())) {
          Optional<OverlayNode> was = covered.get().find(entry.name(), null);
          deleted.put(entry.name(), new Deleted(entry.name(), mark, was));
        }
      }
    }
    return List.copyOf(deleted.values());
  }

  /** The merged directory of this name below an opaque one. */
  private Optional<OverlayNode> covered() throws IOException {
    if (parent == null) {
      return Optional.empty();
    }
    Optional<OverlayNode> known = covered;
    if (known == null) {
      int lowest = stack.get(stack.size() - 1).index();
      known = resolve(below(parent.levels(), lowest), parent, name);
      if (known.isPresent() && !known.get().meta().isDirectory()) {
        known = Optional.empty();
      }
      covered = known;
    }
    return known;
  }

  /** The directories that are merged here, and below them those that an opaque one covers. */
  private List<LayerNode> levels() throws IOException {
    List<LayerNode> levels = new ArrayList<>(stack);
    covered().ifPresent(node -> levels.addAll(node.stack));
    return levels;
  }

  private static List<LayerNode> below(List<LayerNode> levels, int index) {
    return from(levels, index + 1);
  }

  private static List<LayerNode> from(List<LayerNode> levels, int index) {
    return levels.stream().filter(level -> level.index() >= index).toList();
  }

  private Optional<OverlayNode> resolve(List<LayerNode> directories, OverlayNode in, Name wanted)
      throws IOException {
    List<LayerNode> nodes = resolver.stack(directories, wanted, null);
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(new OverlayNode(resolver, in, wanted, directories, nodes));
  }

  /**
   * As the layer's node, with the owners that the mount shows; a directory merged of several has
   * one link, as the kernel counts.
   */
  @Override
  public FileMeta meta() throws IOException {
    LayerNode top = suppliedBy();
    FileMeta meta = top.layer().owners().shown(top.node().meta());
    if (stack.size() == 1) {
      return meta;
    }
    return new FileMeta(
        meta.inode(),
        meta.type(),
        meta.permissions(),
        meta.uid(),
        meta.gid(),
        meta.size(),
        1,
        meta.device(),
        meta.times());
  }

  @Override
  public List<Entry> list() throws IOException {
    Listing listing = new Listing(resolver, stack);
    if (stack.size() == 1) {
      return listing.alone(sighting -> entry(List.of(sighting)));
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<Name, List<Resolver.Sighting>> each : listing.names().entrySet()) {
      List<Resolver.Sighting> sightings = each.getValue();
      if (!isWhiteout(sightings.get(0))) {
        entries.add(entry(sightings));
      }
    }
    return List.copyOf(entries);
  }

  /**
   * What was taken out of the layers' directories that are merged here, top first, as far as no
   * living name of the merged one is the same. What whiteouts hide is in {@link #deleted()}.
   */
  @Override
  public List<DeletedName> deletedNames() throws IOException {
    List<DeletedName> deleted = new ArrayList<>();
    for (LayerNode layer : stack) {
      deleted.addAll(layer.node().deletedNames());
    }
    return withoutLiving(deleted);
  }

  /** The same of what older copies of the layers' directories tell. */
  @Override
  public List<DeletedName> pastNames() throws IOException {
    List<DeletedName> past = new ArrayList<>();
    for (LayerNode layer : stack) {
      past.addAll(layer.node().pastNames());
    }
    return withoutLiving(past);
  }

  private List<DeletedName> withoutLiving(List<DeletedName> deleted) throws IOException {
    if (!deleted.isEmpty()) {
      Set<Name> living = new HashSet<>();
      list().forEach(entry -> living.add(entry.name()));
      deleted.removeIf(each -> living.contains(each.name()));
    }
    return List.copyOf(deleted);
  }

  private Entry entry(List<Resolver.Sighting> sightings) {
    Entry top = sightings.get(0).entry();
    Entry.Target target = new Present(this, top.name(), sightings);
    return new Entry(top.name(), top.inode(), top.type(), target);
  }

  /** What a listed name stands for. No lambda: a walk makes one for each name (see ext4's). */
  private record Present(OverlayNode directory, Name name, List<Resolver.Sighting> sightings)
      implements Entry.Target {
    @Override
    public Node read() throws IOException {
      Optional<OverlayNode> found = directory.find(name, sightings);
      if (found.isEmpty()) {
        String why = "a whiteout in a directory not marked for such";
        throw new NoSuchFileException(name.toString(), null, why);
      }
      return found.get();
    }
  }

  private Optional<OverlayNode> find(Name child, @Nullable List<Resolver.Sighting> sightings)
      throws IOException {
    List<LayerNode> nodes = resolver.stack(stack, child, sightings);
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(new OverlayNode(resolver, this, child, stack, nodes));
  }

  @Override
  public Optional<Entry> child(Name child) throws IOException {
    Optional<OverlayNode> found = find(child, null);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    OverlayNode node = found.get();
    FileMeta meta = node.suppliedBy().node().meta();
    return Optional.of(new Entry(child, meta.inode(), meta.type(), () -> node));
  }

  @Override
  public ByteSource content() throws IOException {
    LayerNode data = contentSuppliedBy();
    ByteSource content = data.node().content();
    long size = suppliedBy().node().meta().size();
    if (data.index() != suppliedBy().index() && content.size() != size) {
      resolver.report(
          Finding.damage(
              data.node().origin(),
              0,
              "the content in layer " + data.index() + " is not as long as its metadata say",
              content.size() + " bytes",
              size + " bytes"));
    }
    return content;
  }

  @Override
  public byte[] linkTarget() throws IOException {
    return suppliedBy().node().linkTarget();
  }

  /** The supplying node's, without overlayfs' own ones. */
  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    return resolver.marks().shown(suppliedBy().node().attributes());
  }

  @Override
  public Object identity() throws IOException {
    return new Identity(suppliedBy().index(), suppliedBy().node().identity());
  }

  /** The supplying node's. */
  @Override
  public Origin origin() {
    return suppliedBy().node().origin();
  }
}
