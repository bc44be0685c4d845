package drydock.report.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.criu.Descriptor;
import drydock.checkpoint.criu.FileLock;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.OpenFlags;
import drydock.checkpoint.criu.Process;
import drydock.fs.Name;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The record {@code descriptor}: an open file of a process, by number or otherwise. */
public final class DescriptorReport {
  /** How a process holds a file. */
  public enum Use {
    DESCRIPTOR("-"),
    WORKING_DIRECTORY("cwd"),
    ROOT("root"),
    EXECUTABLE("exe"),
    MAPPED("mem"),
    /** No process has it: it is under way in a socket, or waits to be accepted. */
    NONE("-");

    private final String brief;

    Use(String brief) {
      this.brief = brief;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A file in use.
   *
   * @param process null where no process has it
   * @param descriptor null where it is used otherwise
   * @param file null where the images do not tell it
   * @param number of the open file
   * @param waiting what was written to it and not yet read
   * @param locks that the process holds on it through this descriptor
   */
  public record Row(
      @Nullable Process process,
      Use use,
      @Nullable Descriptor descriptor,
      long number,
      @Nullable OpenFile file,
      List<ByteSource> waiting,
      List<FileLock> locks) {}

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.<Row>of(
                  "pid", row -> row.process() == null ? null : Value.of(row.process().pid())),
              Column.<Row>of("command", DescriptorReport::command),
              Column.<Row>of(
                      "fd",
                      row -> row.descriptor() == null ? null : Value.of(row.descriptor().fd()))
                  .shown(DescriptorReport::number),
              Column.of("use", row -> Value.of(row.use().label())),
              Column.<Row>of("type", DescriptorReport::type),
              Column.<Row>of("path", row -> of(row, f -> RenderedValue.text(f.path())))
                  .shown(DescriptorReport::pathText),
              Column.<Row>of("deleted", row -> of(row, f -> Value.of(f.isDeleted()))),
              Column.<Row>of("flags", row -> of(row, f -> Value.of(flags(row, f))))
                  .shown(
                      row -> row.file() == null ? "-" : String.join("|", flags(row, row.file()))),
              Column.<Row>of("position", row -> of(row, f -> Value.of(f.position()))),
              Column.<Row>of("size", row -> of(row, f -> Value.of(f.size()))),
              Column.<Row>of("waiting", DescriptorReport::waiting),
              Column.<Row>of("close_on_exec", DescriptorReport::closesOnExec),
              Column.<Row>of("mode", row -> of(row, DescriptorReport::mode)),
              Column.<Row>of("mount_id", row -> of(row, f -> Value.of(f.mount()))),
              Column.<Row>of("inode", row -> of(row, f -> Value.of(f.inode()))),
              Column.<Row>of("file_id", row -> Value.of(row.number())),
              Column.<Row>of("ghost", row -> of(row, f -> Value.of(f.ghost()))),
              Column.<Row>of("locks", DescriptorReport::locks),
              Column.<Row>of("preview", row -> SocketReport.preview(row.waiting())),
              Column.<Row>of("details", row -> of(row, f -> RenderedValue.of(f.details()))),
              Column.<Row>of("origin", DescriptorReport::origin)),
          List.of(
              "pid",
              "command",
              "fd",
              "type",
              "flags",
              "position",
              "size",
              "waiting",
              "file_id",
              "path"));

  private DescriptorReport() {}

  /** What an open file has. */
  @FunctionalInterface
  private interface Part {
    @Nullable Value of(OpenFile file) throws IOException;
  }

  private static @Nullable Value of(Row row, Part part) throws IOException {
    return row.file() == null ? null : part.of(row.file());
  }

  private static @Nullable Value command(Row row) {
    Name command = row.process() == null ? null : row.process().command();
    return RenderedValue.text(command);
  }

  private static String number(Row row) {
    Descriptor descriptor = row.descriptor();
    return descriptor == null ? row.use().brief : Long.toString(descriptor.fd());
  }

  private static Value type(Row row) {
    Descriptor descriptor = row.descriptor();
    if (row.file() != null) {
      return new Value.Text(row.file().type());
    }
    return new Value.Text(descriptor == null ? "unknown" : descriptor.kind().label());
  }

  private static String pathText(Row row) {
    OpenFile file = row.file();
    if (file == null || file.path() == null) {
      return "-";
    }
    String path = new Value.Bytes(file.path().bytes()).text();
    return path + (file.isDeleted() ? " (deleted)" : "");
  }

  private static List<String> flags(Row row, OpenFile file) {
    return OpenFlags.names(
        file.flags(), row.process() == null ? null : row.process().architecture());
  }

  private static @Nullable Value waiting(Row row) {
    return row.waiting().isEmpty()
        ? null
        : new Value.Whole(row.waiting().stream().mapToLong(ByteSource::size).sum());
  }

  private static @Nullable Value closesOnExec(Row row) {
    return row.descriptor() == null ? null : new Value.Flag(row.descriptor().closesOnExec());
  }

  private static Value locks(Row row) {
    return RenderedValue.many(
        row.locks().stream()
            .map(
                each ->
                    RenderedValue.pairs(
                        "kind", Value.of(each.kind()),
                        "type", Value.of(each.type()),
                        "start", Value.of(each.start()),
                        "length", Value.of(each.length())))
            .toList());
  }

  private static @Nullable Value mode(OpenFile file) {
    return file.mode() == null ? null : new Value.Text(Long.toOctalString(file.mode() & 07777));
  }

  private static @Nullable Value origin(Row row) {
    if (row.file() != null) {
      return Value.of(row.file().origin());
    }
    return row.descriptor() == null ? null : Value.of(row.descriptor().origin());
  }
}
