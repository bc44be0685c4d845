package drydock.cli;

import drydock.evidence.Evidence;
import drydock.evidence.OpenedDisk;
import drydock.evidence.OpenedPartition;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.FileTree;
import drydock.report.DeletedFileRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file system whose deleted files are asked for.
 *
 * @param disk the number of its disk, from 1 on
 * @param partition its number; 0 is a whole disk
 */
record DeletedSource(int disk, int partition, FileTree tree) {
  /** Takes deleted files, one after the other. */
  @FunctionalInterface
  interface Rows {
    void add(DeletedFileRow row) throws IOException;
  }

  /** All file systems of the evidence, or that of one partition of the first disk. */
  static List<DeletedSource> of(Evidence evidence, @Nullable Integer partition) throws IOException {
    List<DeletedSource> found = new ArrayList<>();
    for (int i = 0; i < evidence.disks().size(); i++) {
      OpenedDisk disk = evidence.disks().get(i);
      for (OpenedPartition each : disk.partitions()) {
        int number = each.partition().number();
        boolean asked = partition == null || (i == 0 && partition == number);
        if (asked && each.fileSystem().isPresent()) {
          found.add(new DeletedSource(i + 1, number, each.tree()));
        }
      }
    }
    return found;
  }

  /** Shows its deleted files, with paths where a deleted name tells them and they are wanted. */
  void each(boolean withPaths, FindingLog log, Rows rows) throws IOException {
    DeletedPaths paths = withPaths ? DeletedPaths.of(tree, log) : new DeletedPaths(log);
    tree.deletedFiles(file -> rows.add(row(file, paths)));
  }

  private DeletedFileRow row(DeletedFile file, DeletedPaths paths) throws IOException {
    var meta = file.node().meta();
    byte[] path = file.path() != null ? file.path() : paths.of(meta.inode());
    return new DeletedFileRow(partition, file, meta, path, Map.of());
  }

  /** What tells its files from those of the others, to begin names with. */
  String prefix(List<DeletedSource> all) {
    if (all.size() == 1) {
      return "";
    }
    boolean isUnique = all.stream().filter(each -> each.partition == partition).count() == 1;
    return (isUnique ? "" : "disk-" + disk + "-") + "partition-" + partition + "-";
  }
}
