package drydock.timeline;

import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Node;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes events of files: one for each time that a file has. Pure. */
final class FileEvents {
  private static final int OCTAL_GUARD = 010000;

  private final View view;
  private final EventFilter filter;

  FileEvents(View view, EventFilter filter) {
    this.view = view;
    this.filter = filter;
  }

  /** A file of which nothing but its name is known has no time. */
  void of(TimedFile file, EventSource.Sink sink) throws IOException {
    FileMeta meta = file.meta();
    Node node = file.node();
    if (meta == null || node == null) {
      return;
    }
    FileTimes times = meta.times();
    String message = null;
    for (TimeMeaning meaning : TimeMeaning.values()) {
      Instant time = time(times, meaning);
      if (time != null && filter.wants(time)) {
        message = message == null ? message(file, meta) : message;
        sink.add(
            new Event(
                time,
                meaning,
                EventKind.FILE,
                message,
                view.subject(),
                file.path(),
                file.inode(),
                meta,
                file.fate(),
                view.layerOf(node),
                null,
                null,
                null,
                node.origin()));
      }
    }
  }

  private static @Nullable Instant time(FileTimes times, TimeMeaning meaning) {
    return switch (meaning) {
      case MODIFIED -> times.modified();
      case ACCESSED -> times.accessed();
      case CHANGED -> times.changed();
      case CREATED -> times.born();
      case DELETED -> times.deleted();
      default -> null;
    };
  }

  private String message(TimedFile file, FileMeta meta) {
    String whose = view.subject().label() + (view.layer() == null ? "" : ":layer" + view.layer());
    String fate =
        switch (file.fate()) {
          case LIVING -> "";
          case HIDDEN -> ", deleted by a layer above";
          case DELETED -> ", deleted";
          case REALLOCATED -> ", deleted name of an inode that is in use again";
        };
    return (whose.isEmpty() ? "" : whose + ":")
        + file.path()
        + " ("
        + meta.type().label()
        + ", mode "
        + Integer.toOctalString(OCTAL_GUARD | meta.permissions()).substring(1)
        + ", owner "
        + meta.uid()
        + ":"
        + meta.gid()
        + ", "
        + meta.size()
        + " bytes"
        + fate
        + ")";
  }
}
