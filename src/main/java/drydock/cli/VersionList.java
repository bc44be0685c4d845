package drydock.cli;

import drydock.cli.select.Owned;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.overlay.OverlayNode;
import drydock.provenance.PathHistory;
import drydock.provenance.PathVersion;
import drydock.report.FileRow;
import drydock.report.StatRow;
import drydock.runtime.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the layers of containers made of paths, for rows. */
final class VersionList {
  private static final String HASH = Hashing.column(HashAlgorithm.SHA256);

  private final boolean hash;
  private final FindingLog log;
  private final Map<Owned<Container>, Optional<PathHistory>> histories = new HashMap<>();

  VersionList(boolean hash, FindingLog log) {
    this.hash = hash;
    this.log = log;
  }

  /** The row of a file. */
  StatRow row(@Nullable Owned<Container> owner, FileRow file) throws IOException {
    FileRow shown = file;
    if (hash && file.meta().isFile()) {
      String digest = digest(file.node());
      shown = digest == null ? file : file.with(Map.of(HASH, digest));
    }
    return new StatRow(shown, owner == null ? null : versions(owner, file.path()));
  }

  /** Those of a path of a container, which need not be there any more; null without layers. */
  @Nullable List<StatRow.Version> versions(Owned<Container> owner, TreePath path)
      throws IOException {
    Optional<PathHistory> history = histories.get(owner);
    if (history == null) {
      history = PathHistory.of(owner.runtime(), owner.thing());
      histories.put(owner, history);
    }
    if (history.isEmpty()) {
      return null;
    }
    List<StatRow.Version> versions = new ArrayList<>();
    Map<String, Integer> first = new HashMap<>();
    for (PathVersion each : history.get().of(path)) {
      int layer = each.version().at().index();
      String digest = hash ? digest(each) : null;
      Integer sameAs = digest == null ? null : first.putIfAbsent(digest, layer);
      Map<String, String> hashes = new HashMap<>();
      if (hash) {
        hashes.put(HASH, digest);
      }
      Node node = each.version().at().node();
      FileRow file = new FileRow(path, node, node.meta(), layer, null, Map.of(), log);
      versions.add(new StatRow.Version(each, file, hashes, sameAs));
    }
    return versions;
  }

  private @Nullable String digest(PathVersion version) throws IOException {
    OverlayNode shown = version.version().shown();
    return shown != null && shown.meta().isFile() ? digest(shown) : null;
  }

  private @Nullable String digest(Node node) {
    try {
      return Hashes.of(node.content(), HashAlgorithm.SHA256);
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }
}
