package drydock.report;

import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file to be shown: what is costly to know is read when a column asks for it. What cannot be read
 * becomes a finding and a value that is unknown.
 *
 * @param layer the layer of a merged view that it comes from, 0 the top one; null elsewhere
 * @param hidden why the merged view does not show it; null for what it shows
 * @param hashes of the content, by the names of their columns; what is not there could not be read
 */
public record FileRow(
    TreePath path,
    Node node,
    FileMeta meta,
    @Nullable Integer layer,
    @Nullable String hidden,
    Map<String, String> hashes,
    FindingLog log) {

  /** The same with its content's hashes. */
  public FileRow with(Map<String, String> digests) {
    return new FileRow(path, node, meta, layer, hidden, digests, log);
  }

  byte @Nullable [] target() {
    if (!meta.isSymlink()) {
      return null;
    }
    try {
      return node.linkTarget();
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }

  @Nullable SortedMap<Name, byte[]> attributes() {
    try {
      return new TreeMap<>(node.attributes());
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }

  /** The names of the extended attributes. */
  public Set<Name> attributeNames() {
    SortedMap<Name, byte[]> known = attributes();
    return known == null ? Set.of() : known.keySet();
  }
}
