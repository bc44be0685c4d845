package drydock.report.checkpoint;

import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.diff.ChangeKind;
import drydock.checkpoint.diff.Difference;
import drydock.checkpoint.diff.DifferenceKind;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The record {@code difference}: what is not the same in two checkpoints. */
public final class DifferenceReport {
  public static final Report<Difference> REPORT =
      new Report<>(
          List.of(
              Column.of("kind", row -> Value.of(row.kind().label())),
              Column.of("change", row -> Value.of(row.change().label())),
              Column.of("pid", row -> row.pid() == null ? null : Value.of(row.pid())),
              Column.of("what", row -> RenderedValue.of(row.what())),
              Column.<Difference>of("before", row -> fields(row.before()))
                  .shown(row -> brief(row, row.before())),
              Column.<Difference>of("after", row -> fields(row.after()))
                  .shown(row -> brief(row, row.after())),
              Column.of("origin", row -> Value.of(row.origin()))),
          List.of("kind", "change", "pid", "what", "before", "after"));

  /** What tables show of what came or went: what it is; all of it is in records. */
  private static final Map<DifferenceKind, Set<String>> BRIEF =
      Map.of(
          DifferenceKind.PROCESS,
          Set.of("parent_pid", "state", "executable", "executable_deleted", "arguments"),
          DifferenceKind.DESCRIPTOR,
          Set.of("type", "path", "deleted", "position", "waiting"),
          DifferenceKind.SOCKET,
          Set.of("state", "local", "remote", "holders"),
          DifferenceKind.FILE,
          Set.of("type", "mode", "uid", "gid", "size", "target", "modified"));

  private DifferenceReport() {}

  private static @Nullable String brief(Difference row, Rendered.@Nullable Fields fields) {
    Set<String> shown = BRIEF.get(row.kind());
    if (fields == null || shown == null || row.change() == ChangeKind.CHANGED) {
      return null;
    }
    Map<String, Rendered> kept = new LinkedHashMap<>(fields.fields());
    kept.keySet().retainAll(shown);
    return RenderedValue.of(new Rendered.Fields(kept)).text();
  }

  private static @Nullable Value fields(Rendered.@Nullable Fields fields) {
    return fields == null ? null : RenderedValue.of(fields);
  }
}
