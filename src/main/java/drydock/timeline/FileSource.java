package drydock.timeline;

import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * The times of a tree's files, one after the other on the thread that asks.
 *
 * @param deleted whether deleted and hidden files are among them
 */
public record FileSource(
    View view,
    EventFilter filter,
    boolean deleted,
    BodyFileWriter.Progress progress,
    FindingLog log)
    implements EventSource {

  @Override
  public void emit(Sink sink) throws IOException {
    TimedFiles files = new TimedFiles(log);
    FileEvents events = new FileEvents(view, filter);
    TimedFiles.Visitor each =
        file -> {
          events.of(file, sink);
          progress.add(0, 1, file.path());
        };
    if (!deleted) {
      files.living(view.tree(), each);
      return;
    }
    files.livingAndHidden(
        view.tree(),
        file -> {
          each.visit(file);
          files.deletedNames(file, each);
        });
    files.nameless(view.tree(), each);
  }
}
