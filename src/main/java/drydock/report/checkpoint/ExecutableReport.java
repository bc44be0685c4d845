package drydock.report.checkpoint;

import drydock.checkpoint.executable.Carving;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code executable}: executables that were written, one line each. */
public final class ExecutableReport {
  /** More gaps than these are counted, and not listed. */
  private static final int MAX_GAPS = 1000;

  public static final Report<ExecutableRow> REPORT =
      new Report<>(
          List.of(
              Column.of("pid", row -> Value.of(row.carving().executable().space().pid())),
              Column.of("command", row -> bytes(row.carving().executable().command())),
              Column.of("path", row -> bytes(row.carving().executable().path())),
              Column.of("deleted", row -> Value.of(row.carving().executable().isDeleted())),
              Column.of("source", row -> Value.of(row.carving().executable().source().label())),
              Column.of("elf_headers", row -> Value.of(row.carving().hasHeaders())),
              Column.of("size", row -> Value.of(row.carving().size())),
              Column.<ExecutableRow>of("memory_size", row -> Value.of(row.carving().ofMemory()))
                  .header("MEMORY"),
              Column.<ExecutableRow>of("file_size", row -> Value.of(row.carving().ofFile()))
                  .header("FILE_SIZE"),
              Column.<ExecutableRow>of("missing_size", row -> Value.of(row.carving().missing()))
                  .header("MISSING"),
              Column.<ExecutableRow>of("changed_size", row -> changed(row, row.written().changed()))
                  .header("CHANGED"),
              Column.<ExecutableRow>of(
                      "changed_code_size", row -> changed(row, row.written().changedCode()))
                  .header("CODE"),
              Column.of("gap_count", row -> Value.of(row.carving().gaps().size())),
              Column.of("gaps", row -> gaps(row.carving())),
              Column.of("sha256", row -> Value.of(row.written().sha256())),
              Column.of("file", row -> Value.of(row.file())),
              Column.of("origin", row -> Value.of(row.carving().executable().space().origin()))),
          List.of(
              "pid",
              "command",
              "path",
              "deleted",
              "source",
              "size",
              "memory_size",
              "file_size",
              "missing_size",
              "changed_size",
              "file"));

  private ExecutableReport() {}

  private static @Nullable Value bytes(byte @Nullable [] raw) {
    return raw == null ? null : new Value.Bytes(raw);
  }

  private static @Nullable Value changed(ExecutableRow row, long count) {
    return row.carving().executable().original() == null ? null : Value.of(count);
  }

  private static Value gaps(Carving carving) {
    return Value.of(
        carving.gaps().stream()
            .limit(MAX_GAPS)
            .map(gap -> "0x" + Long.toHexString(gap.offset()) + "+" + gap.length())
            .toList());
  }
}
