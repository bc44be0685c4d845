package drydock.overlay;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers merged into one tree, as the kernel's overlayfs shows them mounted with redirects and
 * metadata-only copies followed. A single layer is merged likewise: its whiteouts are hidden.
 *
 * <p>Nodes are {@link OverlayNode}s. Inode numbers, times, modes and owners are those of the
 * topmost layer that has the node, which is also what its origin names. Damage in one layer is a
 * finding, and the others are merged without it.
 */
public final class OverlayTree implements FileTree {
  private final List<Layer> layers;
  private final List<LayerNode> roots;
  private final Marks marks;
  private final FindingLog log;
  private final Resolver resolver;

  private OverlayTree(List<Layer> layers, List<LayerNode> roots, Marks marks, FindingLog log) {
    this.layers = layers;
    this.roots = List.copyOf(roots);
    this.marks = marks;
    this.log = log;
    this.resolver = new Resolver(this.roots, marks, log);
  }

  /** Merges layers of a mount made by root, the top one first. */
  public static OverlayTree of(List<Layer> topFirst, FindingLog log) {
    return of(topFirst, Marks.TRUSTED, log);
  }

  /** Merges layers that are marked in that way, the top one first. */
  public static OverlayTree of(List<Layer> topFirst, Marks marks, FindingLog log) {
    List<Layer> layers = List.copyOf(topFirst);
    return new OverlayTree(layers, readable(layers, log), marks, log);
  }

  private static List<LayerNode> readable(List<Layer> layers, FindingLog log) {
    List<LayerNode> roots = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Node root = layer.root();
      try {
        if (root.meta().isDirectory()) {
          roots.add(new LayerNode(i, layer, TreePath.ROOT, root));
        } else {
          log.add(Finding.missing(root.origin(), missing(i, layer) + "it is no directory"));
        }
      } catch (IOException e) {
        log.add(Finding.missing(root.origin(), missing(i, layer) + e.getMessage()));
      }
    }
    return roots;
  }

  private static String missing(int index, Layer layer) {
    return "layer " + index + " (" + layer.label() + ") is left out of the merged view: ";
  }

  /** All layers, the top one first; those that could not be read among them. */
  public List<Layer> layers() {
    return layers;
  }

  /** What is shown without the layers above that one; all layers keep their numbers. */
  public OverlayTree from(int layer) {
    List<LayerNode> rest = roots.stream().filter(root -> root.index() >= layer).toList();
    return new OverlayTree(layers, rest, marks, log);
  }

  /** The same below one more layer, with the same marks. */
  public OverlayTree under(Layer top) {
    List<Layer> all = new ArrayList<>(layers);
    all.add(0, top);
    return of(all, marks, log);
  }

  /** The roots of the layers that can be read, the top one first. */
  List<LayerNode> roots() {
    return roots;
  }

  /** How the layers are marked. */
  public Marks marks() {
    return marks;
  }

  FindingLog log() {
    return log;
  }

  /**
   * The directory that all layers' roots are merged into.
   *
   * @throws NoSuchFileException when no layer could be read
   */
  @Override
  public OverlayNode root() throws IOException {
    if (roots.isEmpty()) {
      throw new NoSuchFileException(
          "/", null, "none of the " + layers.size() + " layers can be read");
    }
    return new OverlayNode(resolver, TreePath.ROOT.name(), roots);
  }

  @Override
  public FileSystemInfo info() {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      details.put("layer " + i, layers.get(i).label());
    }
    return new FileSystemInfo("overlay", null, null, null, null, null, details);
  }

  /** An overlay has no inode numbers of its own: the same one may be in several layers. */
  @Override
  public Node node(long inode) throws IOException {
    throw new NoSuchFileException(
        "inode " + inode, null, "merged layers share no inode numbers: ask the layer's tree");
  }

  @Override
  public Origin origin() {
    return roots.isEmpty() ? Origin.of("overlay") : roots.get(0).node().origin();
  }
}
