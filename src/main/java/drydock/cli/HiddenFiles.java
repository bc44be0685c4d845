package drydock.cli;

import drydock.finding.FindingLog;
import drydock.fs.DeletedName;
import drydock.fs.FileMeta;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.overlay.Deleted;
import drydock.overlay.OverlayNode;
import drydock.report.FileRow;
import drydock.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a directory no longer shows: in a merged one what a layer deleted and lower layers still
 * have, and in every one the names that were taken out and still lie there, or of which older
 * copies of it tell.
 *
 * @param recursive whether all that lies below a deleted directory is shown, too
 */
record HiddenFiles(boolean recursive, FindingLog log) {

  /** Adds rows for the deleted names of a directory. */
  void under(TreePath path, Node directory, Report.Rows<FileRow> rows) throws IOException {
    if (MountedTree.behind(directory) instanceof OverlayNode merged) {
      underMerged(path, merged, rows);
    }
    FileMeta meta = directory.meta();
    for (List<DeletedName> names : List.of(directory.deletedNames(), directory.pastNames())) {
      for (DeletedName name : names) {
        rows.add(FileRow.ofErased(path.child(name.name()), name, directory, meta, log));
      }
    }
  }

  private void underMerged(TreePath path, OverlayNode merged, Report.Rows<FileRow> rows)
      throws IOException {
    for (Deleted deleted : merged.deleted()) {
      if (deleted.was().isEmpty()) {
        continue;
      }
      OverlayNode was = deleted.was().get();
      TreePath at = path.child(deleted.name());
      String why = "deleted in layer " + deleted.mark().index();
      if (recursive) {
        new TreeWalk(log)
            .walk(at, was, (below, node, meta) -> rows.add(row(below, node, meta, why)));
      } else {
        rows.add(row(at, was, was.meta(), why));
      }
    }
  }

  private FileRow row(TreePath path, Node node, FileMeta meta, String why) {
    int layer = node instanceof OverlayNode merged ? merged.suppliedBy().index() : 0;
    return new FileRow(path, node, meta, layer, why, Map.of(), log);
  }
}
