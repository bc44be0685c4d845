package drydock.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variables of frozen processes, beside what the container was started with. */
public final class EnvironmentReport {
  public static final Report<EnvironmentRow> REPORT =
      new Report<>(
          List.of(
              Column.of("pid", row -> Value.of(row.space().pid())),
              Column.of("command", row -> bytes(row.command())),
              Column.of("kind", row -> Value.of(row.isArguments() ? "arguments" : "variable")),
              Column.<EnvironmentRow>of("name", row -> bytes(row.name())).header("VARIABLE"),
              Column.of("value", row -> bytes(row.value())),
              Column.of("source", row -> Value.of(row.source())),
              Column.of("changed", row -> Value.of(row.isChanged())),
              Column.of("reason", row -> reason(row)),
              Column.of("spec_value", row -> bytes(row.started())),
              Column.of("origin", row -> Value.of(row.space().origin()))),
          List.of("pid", "command", "kind", "source", "changed", "reason", "name", "value"));

  private EnvironmentReport() {}

  private static @Nullable Value reason(EnvironmentRow row) {
    return row.reason() == null ? null : Value.of(row.reason().label());
  }

  private static @Nullable Value bytes(byte @Nullable [] raw) {
    return raw == null ? null : new Value.Bytes(raw);
  }
}
