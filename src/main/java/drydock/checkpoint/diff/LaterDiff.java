package drydock.checkpoint.diff;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is different between a frozen container and what its node has of it, which is of another
 * time. For one thread.
 *
 * <p>What an archive does not keep is told as different, since nobody can tell: sockets, most
 * extended attributes, a file that was changed in nothing else. Times of files that an archive has
 * are compared in whole seconds.
 */
public final class LaterDiff {
  private final Difference.Sink sink;
  private final FindingLog log;

  public LaterDiff(Difference.Sink sink, FindingLog log) {
    this.sink = sink;
    this.log = log;
  }

  /**
   * The records of the container.
   *
   * @param before by name
   * @param after null when the node has none of it
   */
  public void container(
      String name,
      Map<String, Rendered> before,
      @Nullable Map<String, Rendered> after,
      Origin origin)
      throws IOException {
    new Comparison(DifferenceKind.CONTAINER, sink)
        .tell(item(name, before, origin), after == null ? null : item(name, after, origin));
  }

  private static Item item(String name, Map<String, Rendered> facts, Origin origin) {
    return new Item(null, new Rendered.Word(name), new Rendered.Fields(facts), origin);
  }

  /** The runtime specs, as they are stored. */
  public void spec(byte[] before, byte[] after, Origin origin) throws IOException {
    SortedMap<String, Item> was = new TreeMap<>();
    SortedMap<String, Item> is = new TreeMap<>();
    SpecFacts.add(was, "spec", before, origin);
    SpecFacts.add(is, "spec", after, origin);
    new Comparison(DifferenceKind.SPEC, sink).tell(was, is);
  }

  /**
   * A mount, in the words of a spec.
   *
   * @param at where it is in the container
   */
  public record Mounted(
      byte[] at,
      @Nullable String type,
      @Nullable String source,
      List<String> options,
      Origin origin) {
    private Item item() {
      Facts facts = new Facts().put("type", type).put("source", source).words("options", options);
      return new Item(null, new Rendered.Text(at), facts.fields(), origin);
    }
  }

  /**
   * What was mounted, and what the node's spec has mounted: what was mounted or unmounted in the
   * container itself is known of the frozen one only.
   */
  public void mounts(List<Mounted> before, List<Mounted> after) throws IOException {
    new Comparison(DifferenceKind.MOUNT, sink).tell(byPlace(before), byPlace(after));
  }

  /** Of several on one place the first is the lowest. */
  private static SortedMap<String, Item> byPlace(List<Mounted> mounts) {
    SortedMap<String, Item> items = new TreeMap<>();
    for (Mounted each : mounts) {
      String place = new String(each.at, StandardCharsets.ISO_8859_1);
      int above = 0;
      while (items.containsKey(place + '\0' + above)) {
        above++;
      }
      items.put(place + '\0' + above, each.item());
    }
    return items;
  }

  /** The merged roots. */
  public void files(FileTree before, FileTree after) throws IOException {
    FileChanges.ofRoots(sink, log).tell(before, after);
  }
}
