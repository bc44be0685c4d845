package drydock.report;

import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.LogSpan;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The record {@code log}: what there is of the log of one attempt of a container. */
public final class LogListReport {
  /** Whether the engine still knows whose a log is. */
  public enum Owner {
    CONTAINER,
    /** The pod is still there. */
    DELETED_CONTAINER,
    DELETED_POD;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * The log of one attempt.
   *
   * @param id of the container, where anything still tells it
   * @param owner null where no engine can be asked
   */
  public record LogRow(
      ContainerLogs logs,
      int attempt,
      List<LogFile> files,
      @Nullable String id,
      @Nullable Owner owner,
      LogSpan span) {
    private long bytes() {
      return files.stream().mapToLong(LogFile::size).sum();
    }
  }

  public static final Report<LogRow> REPORT =
      new Report<>(
          List.of(
              Column.<LogRow>of("pod", l -> Value.of(l.logs().pod())).shown(l -> pod(l.logs())),
              Column.of("pod_namespace", l -> Value.of(l.logs().namespace())),
              Column.of("pod_uid", l -> Value.of(l.logs().podUid())),
              Column.of("container", l -> Value.of(l.logs().container())),
              Column.of("attempt", l -> Value.of(l.attempt())),
              Column.of("id", l -> Value.id(l.id())),
              Column.of("owner", l -> owner(l.owner())),
              Column.of("files", l -> Value.of(l.files().size())),
              Column.of("bytes", l -> Value.of(l.bytes())),
              Column.of("first", l -> Value.of(l.span().first())),
              Column.of("last", l -> Value.of(l.span().last())),
              Column.of("paths", l -> paths(l.files())),
              Column.of("origin", l -> Value.of(l.logs().origin()))),
          List.of("pod", "container", "attempt", "id", "owner", "files", "bytes", "first", "last"));

  private LogListReport() {}

  /** The pod as people know it, or by its UID where its directory says no more. */
  private static @Nullable String pod(ContainerLogs logs) {
    if (logs.pod() == null) {
      return logs.podUid() == null ? null : Escape.text(logs.podUid());
    }
    return Escape.text(logs.namespace() + "/" + logs.pod());
  }

  private static @Nullable Value owner(@Nullable Owner owner) {
    return owner == null ? null : Value.of(owner.label());
  }

  private static Value paths(List<LogFile> files) {
    return new Value.Many(
        files.stream().<@Nullable Value>map(f -> new Value.Bytes(f.path().bytes())).toList());
  }
}
