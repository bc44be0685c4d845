package drydock.cli;

import drydock.cli.option.Progress;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.evidence.OpenedDisk;
import drydock.export.Export;
import drydock.export.Exported;
import drydock.export.TreeSink;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.TreePath;
import drydock.runtime.Container;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees to targets, each with its manifest.
 *
 * <p>The manifest gets its name first: nothing that looks whole is ever without it.
 *
 * @param volumes whether trees of containers have in them what was mounted, to be told
 */
record ExportRun(
    Evidence evidence,
    FindingLog log,
    ExportKind kind,
    boolean volumes,
    boolean hash,
    int threads,
    Progress progress) {

  /**
   * What is to be taken.
   *
   * @param owner null when it is files of the node
   * @param chosen which of the files
   * @param paths the same as it was typed; empty when it is all of them
   */
  record Part(
      @Nullable Owned<Container> owner,
      FileTree tree,
      Predicate<TreePath> chosen,
      List<String> paths) {
    private ExportSubject subject(boolean withVolumes) {
      return ExportSubject.of(owner == null ? null : owner.thing(), withVolumes, paths);
    }
  }

  /** Writes to a new file or directory; gives how many files are not, or not whole, in it. */
  long write(Part part, Path target, Path manifest) throws IOException {
    try (Manifest lines = begin(part, String.valueOf(target.getFileName()), manifest);
        TreeSink sink = kind.create(target, part.subject(volumes), threads)) {
      return write(part, sink, lines);
    }
  }

  /** The same to a stream. */
  long write(Part part, OutputStream out, String name, Path manifest) throws IOException {
    try (Manifest lines = begin(part, name, manifest);
        TreeSink sink = kind.sink(out, threads)) {
      return write(part, sink, lines);
    }
  }

  private Manifest begin(Part part, String name, Path manifest) throws IOException {
    ManifestHeader header =
        new ManifestHeader(evidence, part.owner, name, kind, volumes, hash, part.paths);
    return Manifest.begin(manifest, header.dossier(), part.owner != null, threads, log);
  }

  private long write(Part part, TreeSink sink, Manifest lines) throws IOException {
    Export.Options options = new Export.Options(part.chosen, hash, evidenceBytes(), threads);
    long names = new Export(sink, options, new Lines(lines, progress), log).write(part.tree);
    if (names == 0) {
      throw new NoSuchFileException(
          String.join(", ", part.paths), null, "nothing there has such a path");
    }
    lines.finish();
    try {
      sink.finish();
    } catch (IOException e) {
      lines.undo();
      throw e;
    }
    return lines.notWhole();
  }

  /** How many bytes there are in all; of a directory or an archive nobody knows. */
  private long evidenceBytes() {
    List<OpenedDisk> disks = evidence.disks();
    long bytes = 0;
    for (OpenedDisk disk : disks) {
      bytes += disk.size();
    }
    return disks.isEmpty() || evidence.frozen().isPresent() ? Long.MAX_VALUE : bytes;
  }

  /** Makes lines of the manifest of what is done, and shows how far it is. */
  private record Lines(Manifest manifest, Progress shown) implements Export.Observer {
    @Override
    public void exported(Exported done) throws IOException {
      shown.add(0, 1, done.path());
      manifest.add(done);
    }

    @Override
    public void unreadable(TreePath path, String why) throws IOException {
      manifest.addUnreadable(path, why);
    }

    @Override
    public void progress(long bytes, TreePath path) {
      shown.add(bytes, 0, path);
    }
  }
}
