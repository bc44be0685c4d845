package drydock.report;

import drydock.fs.FileTimes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The record {@code deleted_file}: a file that was deleted and whose inode is still there. */
public final class DeletedFileReport {
  public static final Report<DeletedFileRow> REPORT =
      new Report<>(
          List.of(
              Column.of("partition", f -> Value.of(f.partition())),
              Column.of("inode", f -> Value.of(f.meta().inode())),
              Column.of("state", f -> Value.of(f.file().state().name().toLowerCase(Locale.ROOT))),
              Column.of("source", f -> Value.of(source(f))),
              Column.<DeletedFileRow>of("path_guess", f -> path(f)),
              Column.<DeletedFileRow>of("path_guess_hex", DeletedFileReport::pathHex).whereKnown(),
              Column.of("type", f -> FileReport.type(f.meta().type())),
              Column.<DeletedFileRow>of("mode", f -> Value.of(FileReport.octal(f.meta())))
                  .shown(f -> FileReport.letters(f.meta())),
              Column.of("uid", f -> Value.of(f.meta().uid())),
              Column.of("gid", f -> Value.of(f.meta().gid())),
              Column.<DeletedFileRow>of("size", f -> Value.of(f.meta().size())),
              Column.of("links", f -> Value.of(f.meta().links())),
              Column.<DeletedFileRow>of("blocks", f -> Value.of(f.file().blocks())),
              Column.<DeletedFileRow>of("reused_blocks", f -> Value.of(f.file().reusedBlocks()))
                  .header("REUSED"),
              Column.of("trouble", f -> Value.of(f.file().trouble())),
              Column.of("modified", f -> Value.of(times(f).modified())),
              Column.of("accessed", f -> Value.of(times(f).accessed())),
              Column.of("changed", f -> Value.of(times(f).changed())),
              Column.of("born", f -> Value.of(times(f).born())),
              Column.of("deleted", f -> Value.of(times(f).deleted())),
              Column.of("origin", f -> Value.of(f.file().node().origin()))),
          List.of(
              "partition",
              "inode",
              "state",
              "mode",
              "uid",
              "gid",
              "size",
              "blocks",
              "reused_blocks",
              "modified",
              "deleted",
              "source",
              "path_guess"));

  private DeletedFileReport() {}

  private static FileTimes times(DeletedFileRow file) {
    return file.meta().times();
  }

  /** What tells of a deleted file: {@code inode}, or where an older copy of it lies. */
  public static String source(DeletedFileRow file) {
    String source = file.file().source();
    return source == null ? "inode" : source;
  }

  private static @Nullable Value path(DeletedFileRow file) {
    byte[] path = file.path();
    return path == null ? null : new Value.Bytes(path);
  }

  private static @Nullable Value pathHex(DeletedFileRow file) {
    byte[] path = file.path();
    return path == null ? null : Value.hexUnlessText(path);
  }
}
