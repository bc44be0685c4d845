package drydock.cli;

import drydock.cli.option.Progress;
import drydock.export.Export;
import drydock.export.Exported;
import drydock.export.TreeSink;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * One tree on its way into one target, and its manifest.
 *
 * <p>The manifest gets its name first: nothing that looks whole is ever without it.
 */
final class ExportJob implements Export.Observer {
  private final Manifest manifest;
  private final Progress progress;

  ExportJob(Manifest manifest, Progress progress) {
    this.manifest = manifest;
    this.progress = progress;
  }

  /** Writes all of it; gives how many files are not, or not whole, in the target. */
  long run(TreeSink sink, FileTree tree, Export.Options options, FindingLog log)
      throws IOException {
    long names = new Export(sink, options, this, log).write(tree);
    if (names == 0) {
      throw new NoSuchFileException("--path", null, "no file has such a path");
    }
    manifest.finish();
    try {
      sink.finish();
    } catch (IOException e) {
      manifest.undo();
      throw e;
    }
    return manifest.notWhole();
  }

  @Override
  public void exported(Exported done) throws IOException {
    progress.add(0, 1, done.path());
    manifest.add(done);
  }

  @Override
  public void unreadable(TreePath path, String why) throws IOException {
    manifest.addUnreadable(path, why);
  }

  @Override
  public void progress(long bytes, TreePath path) {
    progress.add(bytes, 0, path);
  }
}
