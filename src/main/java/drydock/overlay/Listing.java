package drydock.overlay;

import drydock.fs.Entry;
import drydock.fs.EntryList;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The names in the directories that are merged, and where each is seen (kernel {@code readdir.c}).
 */
final class Listing {
  private final Resolver resolver;
  private final List<LayerNode> directories;

  Listing(Resolver resolver, List<LayerNode> directories) {
    this.resolver = resolver;
    this.directories = directories;
  }

  /**
   * For each name its entries, top first; deleted names among them.
   *
   * @throws IOException when the only directory cannot be listed; one of several is a finding
   */
  SortedMap<Name, List<Resolver.Sighting>> names() throws IOException {
    SortedMap<Name, List<Resolver.Sighting>> names = new TreeMap<>();
    for (LayerNode directory : directories) {
      List<Entry> entries = entries(directory);
      boolean marked = !entries.isEmpty() && mayHoldFileWhiteouts(directory);
      for (Entry entry : entries) {
        names
            .computeIfAbsent(entry.name(), name -> new ArrayList<>(1))
            .add(new Resolver.Sighting(directory, entry, marked));
      }
    }
    return names;
  }

  /** The entries that are no whiteouts, where only one directory is merged; made when asked for. */
  List<Entry> alone(Function<Resolver.Sighting, Entry> shown) throws IOException {
    LayerNode directory = directories.get(0);
    List<Entry> entries = entries(directory);
    boolean marked = !entries.isEmpty() && mayHoldFileWhiteouts(directory);
    IntFunction<Resolver.Sighting> sighting =
        index -> new Resolver.Sighting(directory, entries.get(index), marked);
    int[] present =
        IntStream.range(0, entries.size())
            .filter(index -> !isWhiteout(resolver, sighting.apply(index)))
            .toArray();
    return EntryList.of(present.length, index -> shown.apply(sighting.apply(present[index])));
  }

  private boolean mayHoldFileWhiteouts(LayerNode directory) {
    try {
      return resolver.marks().mayHoldFileWhiteouts(directory.node());
    } catch (IOException e) {
      resolver.report(e, directory, "the attributes of a directory");
      return false;
    }
  }

  private List<Entry> entries(LayerNode directory) throws IOException {
    try {
      return directory.node().list();
    } catch (IOException e) {
      if (directories.size() == 1) {
        throw e;
      }
      resolver.report(e, directory, "a directory is not merged");
      return List.of();
    }
  }

  /**
   * Whether the entry is a whiteout. Only what may be one is read: character devices, and files in
   * directories that are marked to hold whiteouts of that form.
   */
  static boolean isWhiteout(Resolver resolver, Resolver.Sighting sighting) {
    NodeType type = sighting.entry().type();
    try {
      boolean possible =
          type == null
              || type == NodeType.CHARACTER
              || (type == NodeType.FILE && sighting.maybeFileWhiteout());
      if (!possible) {
        return false;
      }
      Node node = sighting.entry().node();
      FileMeta meta = node.meta();
      return resolver.marks().isWhiteout(node, meta);
    } catch (IOException e) {
      // it stays in the list; whoever reads the node gets the error
      return false;
    }
  }
}
