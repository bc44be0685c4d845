package drydock.report;

import drydock.drift.Change;
import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code drift}: a path that a container changed. */
public final class DriftReport {
  /**
   * A change with both sides as files.
   *
   * @param upper how it is now; null of what is deleted
   * @param lower how it was; null of what is new
   */
  public record Row(
      Container container, Change change, @Nullable FileRow upper, @Nullable FileRow lower) {}

  /** The columns in which hashes are shown. */
  public static final List<String> SIDES = List.of("upper", "lower");

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", r -> Value.of(r.container().engine())),
              Column.of("namespace", r -> Value.of(r.container().namespace())),
              Column.of("id", r -> Value.id(r.container().id())),
              Column.of("container", r -> Value.of(r.container().name())),
              Column.<Row>of("pod", r -> pod(r, PodRef::name))
                  .shown(r -> ContainerReport.podText(r.container().pod())),
              Column.of("pod_namespace", r -> pod(r, PodRef::namespace)),
              Column.<Row>of("path", r -> new Value.Bytes(r.change().path().bytes())),
              Column.<Row>of("path_hex", r -> Value.hexUnlessText(r.change().path().bytes()))
                  .whereKnown(),
              Column.of("change", r -> Value.of(r.change().kind().label())),
              Column.of("type", r -> FileReport.type(r.change().type())),
              Column.of("fields", r -> Value.of(r.change().fields())),
              Column.of("upper", r -> side(r.upper())),
              Column.of("lower", r -> side(r.lower())),
              Column.<Row>of("marks", r -> marks(r.change())).shown(r -> markNames(r.change())),
              Column.of("by_runtime", r -> Value.of(r.change().byRuntime())),
              Column.of("origin", r -> Value.of(r.change().side().node().origin()))),
          List.of("namespace", "pod", "container", "id", "change", "fields", "marks", "path"));

  private static final Column<FileRow> SHA256 = FileReport.hash("sha256");

  private DriftReport() {}

  private static @Nullable Value pod(Row row, Function<PodRef, String> part) {
    PodRef pod = row.container().pod();
    return pod == null ? null : Value.of(part.apply(pod));
  }

  /** A file record, as a value. */
  private static @Nullable Value side(@Nullable FileRow file) throws IOException {
    if (file == null) {
      return null;
    }
    Map<String, @Nullable Value> fields = new LinkedHashMap<>();
    for (Column<FileRow> column : FileReport.REPORT.with(SHA256, false).columns()) {
      Value value = column.value().of(file);
      if (value != null || !column.optional()) {
        fields.put(column.name(), value);
      }
    }
    return new Value.Pairs(fields);
  }

  private static Value marks(Change change) {
    Map<String, String> reasons = new LinkedHashMap<>();
    change.marks().forEach((mark, reason) -> reasons.put(mark.label(), reason));
    return Value.of(reasons);
  }

  private static String markNames(Change change) {
    if (change.byRuntime()) {
      return "(runtime)";
    }
    List<String> names = change.marks().keySet().stream().map(mark -> mark.label()).toList();
    return names.isEmpty() ? "-" : String.join(",", names);
  }
}
