package drydock.report;

import java.util.List;

/** Core files that were written, one line each. */
public final class CoreReport {
  public static final Report<CoreRow> REPORT =
      new Report<>(
          List.of(
              Column.of("pid", row -> Value.of(row.core().pid())),
              Column.of("command", row -> new Value.Bytes(row.core().name())),
              Column.of("machine", row -> Value.of(row.core().machine())),
              Column.of("threads", row -> Value.of(row.core().threads())),
              Column.of("size", row -> Value.of(row.size())),
              Column.<CoreRow>of("memory_size", row -> Value.of(row.core().stored()))
                  .header("MEMORY"),
              Column.<CoreRow>of("absent_size", row -> Value.of(row.core().absent()))
                  .header("ABSENT"),
              Column.of("file", row -> Value.of(row.file())),
              Column.of("origin", row -> Value.of(row.core().origin()))),
          List.of("pid", "command", "machine", "threads", "memory_size", "absent_size", "file"));

  private CoreReport() {}
}
