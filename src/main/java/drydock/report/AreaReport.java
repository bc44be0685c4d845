package drydock.report;

import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.PieceKind;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code area}: a range of a process's memory; and the sums of a process. */
public final class AreaReport {
  private static final Column<AreaRow> PID = Column.of("pid", row -> Value.of(row.space().pid()));
  private static final Column<AreaRow> COMMAND =
      Column.of("command", row -> row.command() == null ? null : new Value.Bytes(row.command()));
  private static final Column<AreaRow> SIZE =
      Column.of("size", row -> Value.of(row.pages().size()));
  private static final Column<AreaRow> DUMPED = pages("dumped_pages", "DUMPED", PieceKind.DUMPED);
  private static final Column<AreaRow> PARENT = pages("parent_pages", "PARENT", PieceKind.PARENT);
  private static final Column<AreaRow> SHARED = pages("shared_pages", "SHARED", PieceKind.SHARED);
  private static final Column<AreaRow> ZERO = pages("zero_pages", "ZERO", PieceKind.ZERO);
  private static final Column<AreaRow> FILE = pages("file_pages", "FILE PAGES", PieceKind.FILE);
  private static final Column<AreaRow> FOUND =
      pages("found_file_pages", "FOUND", PieceKind.FILE_FOUND);
  private static final Column<AreaRow> LAZY = pages("lazy_pages", "LAZY", PieceKind.LAZY);
  private static final Column<AreaRow> MISSING =
      pages("missing_pages", "MISSING", PieceKind.MISSING);
  private static final Column<AreaRow> ORIGIN =
      Column.of("origin", row -> Value.of(row.space().origin()));

  /** Areas, one each. */
  public static final Report<AreaRow> REPORT =
      new Report<>(
          List.of(
              PID,
              COMMAND,
              of("start", area -> hex(area.start())),
              of("end", area -> hex(area.end())),
              Column.of("size", row -> Value.of(row.area() == null ? null : row.area().size())),
              of("permissions", AreaReport::permissions).header("PERM"),
              of("kind", area -> Value.of(area.kind().text())),
              Column.of(
                  "file", row -> row.file() == null ? null : new Value.Bytes(row.file().path())),
              Column.of(
                  "file_deleted",
                  row -> row.file() == null ? null : Value.of(row.file().isDeleted())),
              of("offset", area -> Value.of(area.offset())),
              Column.of("shared_id", row -> Value.of(row.sharedId())),
              of("anonymous", area -> Value.of(area.isAnonymous())),
              of("anonymous_executable", area -> Value.of(isSuspect(area))),
              of("grows_down", area -> Value.of(area.growsDown())),
              of("huge_pages", area -> Value.of(area.isHuge())),
              DUMPED,
              PARENT,
              SHARED,
              ZERO,
              FILE,
              FOUND,
              LAZY,
              MISSING,
              of("protection_bits", area -> hex(area.protection())),
              of("map_flags", area -> hex(area.flags())),
              of("criu_status", area -> hex(area.status())),
              of("advice", area -> area.advice() == null ? null : hex(area.advice())),
              ORIGIN),
          List.of(
              "pid",
              "command",
              "start",
              "end",
              "permissions",
              "kind",
              "dumped_pages",
              "parent_pages",
              "shared_pages",
              "offset",
              "file"));

  /** Processes, one each, with the sums of their areas. */
  public static final Report<AreaRow> TOTALS =
      new Report<>(
          List.of(
              PID,
              COMMAND,
              Column.of("areas", row -> Value.of(row.space().areas().size())),
              SIZE,
              DUMPED,
              PARENT,
              SHARED,
              ZERO,
              FILE,
              FOUND,
              LAZY,
              MISSING,
              Column.of("page_size", row -> Value.of(row.space().pageSize())),
              ORIGIN),
          List.of(
              "pid",
              "command",
              "areas",
              "size",
              "dumped_pages",
              "parent_pages",
              "shared_pages",
              "zero_pages",
              "file_pages"));

  private AreaReport() {}

  private static Column<AreaRow> of(String name, Function<Area, @Nullable Value> value) {
    return Column.of(name, row -> row.area() == null ? null : value.apply(row.area()));
  }

  private static Column<AreaRow> pages(String name, String header, PieceKind kind) {
    return Column.<AreaRow>of(name, row -> Value.of(row.pages().of(kind))).header(header);
  }

  /** Code that is in no file: what a loader of the kernel's own put there is not meant. */
  private static boolean isSuspect(Area area) {
    return switch (area.kind()) {
      case VDSO, VSYSCALL, VVAR, UPROBES -> false;
      default -> area.isExecutable() && area.isAnonymous();
    };
  }

  static @Nullable Value permissions(Area area) {
    return area.isOfPagesAlone() ? null : new Value.Text(area.permissions());
  }

  static Value hex(long number) {
    return new Value.Text("0x" + Long.toHexString(number));
  }
}
