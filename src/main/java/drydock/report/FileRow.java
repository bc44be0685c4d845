package drydock.report;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.AbsentMount;
import drydock.fs.DeletedName;
import drydock.fs.FileMeta;
import drydock.fs.Graft;
import drydock.fs.MountPoint;
import drydock.fs.MountedTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.time.Instant;
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
 * @param nameless whether it was asked for by its number: then the path means nothing
 * @param erased the name that was taken out of a directory, when this is all that is shown; then
 *     node and meta are the directory's
 */
public record FileRow(
    TreePath path,
    Node node,
    FileMeta meta,
    @Nullable Integer layer,
    @Nullable String hidden,
    Map<String, String> hashes,
    FindingLog log,
    boolean nameless,
    @Nullable DeletedName erased) {

  /** A file with a name. */
  public FileRow(
      TreePath path,
      Node node,
      FileMeta meta,
      @Nullable Integer layer,
      @Nullable String hidden,
      Map<String, String> hashes,
      FindingLog log) {
    this(path, node, meta, layer, hidden, hashes, log, false, null);
  }

  /** An inode that no name is known of. */
  public static FileRow ofInode(Node node, FileMeta meta, FindingLog log) {
    return new FileRow(TreePath.ROOT, node, meta, null, null, Map.of(), log, true, null);
  }

  /** A name that was taken out of a directory. */
  public static FileRow ofErased(
      TreePath path, DeletedName name, Node directory, FileMeta meta, FindingLog log) {
    String why =
        switch (name.state()) {
          case DELETED -> "deleted name, its inode is deleted, too";
          case ORPHAN -> "deleted name, its inode was still open";
          case IN_USE -> "deleted name, its inode is in use";
          case REUSED -> "deleted name, its inode is another file's now";
          case UNKNOWN -> "deleted name";
        };
    String told = name.source() == null ? why : why + "; known from " + name.source();
    return new FileRow(path, directory, meta, null, told, Map.of(), log, false, name);
  }

  /** The same with its content's hashes. */
  public FileRow with(Map<String, String> digests) {
    return new FileRow(path, node, meta, layer, hidden, digests, log, nameless, erased);
  }

  /** When the inode that a deleted name stood for was deleted; null when nothing tells. */
  @Nullable Instant deletionTime() {
    if (erased == null || erased.target() == null) {
      return null;
    }
    try {
      return erased.target().read().meta().times().deleted();
    } catch (IOException e) {
      return null; // what is left of a deleted inode need not be sound
    }
  }

  /** What tells of a deleted name if it is not the directory; null for all else. */
  @Nullable String source() {
    return erased == null ? null : erased.source();
  }

  /** Where what it is a part of was mounted; null for what is a container's or node's own. */
  @Nullable TreePath mount() {
    return MountedTree.through(node).map(Graft::at).orElse(null);
  }

  /** What there is to say of a mount, at its place. */
  @Nullable String mountNote() {
    return MountedTree.through(node)
        .filter(graft -> graft.at().equals(path))
        .map(Graft::note)
        .orElse(null);
  }

  /** Whether an inode tells of it: not of a deleted name, nor of what is not in the evidence. */
  boolean hasInode() {
    Node behind = MountedTree.behind(node);
    boolean absent =
        behind instanceof AbsentMount || (behind instanceof MountPoint && mount() != null);
    return erased == null && !absent;
  }

  Origin origin() {
    return erased == null ? node.origin() : erased.origin();
  }

  byte @Nullable [] target() {
    if (erased != null || !meta.isSymlink()) {
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
    if (erased != null) {
      return null;
    }
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
