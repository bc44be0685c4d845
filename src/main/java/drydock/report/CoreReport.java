package drydock.report;

import drydock.checkpoint.memory.CoreDump;
import java.util.List;
import java.util.Locale;

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
              Column.<CoreRow>of("file_size", row -> Value.of(row.core().ofFiles()))
                  .header("FILES"),
              Column.<CoreRow>of("absent_size", row -> Value.of(row.core().absent()))
                  .header("ABSENT"),
              Column.of("file", row -> Value.of(row.file())),
              Column.of("ranges", row -> ranges(row.core())),
              Column.of("origin", row -> Value.of(row.core().origin()))),
          List.of(
              "pid",
              "command",
              "machine",
              "threads",
              "memory_size",
              "file_size",
              "absent_size",
              "file"));

  private CoreReport() {}

  /** What is where, and where it comes from: zeros and what is not there come from nowhere. */
  private static Value ranges(CoreDump core) {
    return Value.of(
        core.ranges().stream()
            .map(
                range ->
                    "0x"
                        + Long.toHexString(range.address())
                        + "-0x"
                        + Long.toHexString(range.end())
                        + " "
                        + range.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (range.source() == null
                            ? ""
                            : " " + range.offset() + " of " + range.source().origin()))
            .toList());
  }
}
