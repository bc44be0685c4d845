package drydock.report;

import drydock.bytes.Extent;
import drydock.bytes.Origin;
import drydock.export.Exported;
import drydock.export.TreeSink;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.MountedTree;
import drydock.fs.Name;
import drydock.fs.TreePath;
import drydock.overlay.OverlayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lines of an export's manifest that tell of files; fields as in the record {@code file}. */
public final class ManifestReport {
  /**
   * A file that was taken out.
   *
   * @param file the same as a row, for what both tell alike
   * @param layered whether layers are a thing of its tree: of a container's they are
   * @param path its bytes
   * @param hasInode whether an inode tells of it
   */
  public record Row(Exported done, FileRow file, boolean layered, byte[] path, boolean hasInode) {
    /** The row of a file that the log hears of. */
    public static Row of(Exported done, boolean layered, FindingLog log) {
      FileRow file = new FileRow(done.path(), done.node(), done.meta(), null, null, Map.of(), log);
      return new Row(done, file, layered, done.path().bytes(), file.hasInode());
    }
  }

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.of("record", r -> Value.of("file")),
              Column.of("path", r -> new Value.Bytes(r.path)),
              Column.<Row>of("path_hex", r -> Value.hexUnlessText(r.path)).whereKnown(),
              Column.<Row>of("written_as", r -> writtenAs(r.done)).whereKnown(),
              Column.of("type", r -> FileReport.type(r.done.meta().type())),
              column("mode", meta -> Value.of(FileReport.octal(meta))),
              column("uid", meta -> Value.of(meta.uid())),
              column("gid", meta -> Value.of(meta.gid())),
              column("size", meta -> Value.of(meta.size())),
              column("links", meta -> Value.of(meta.links())),
              column("inode", meta -> Value.of(meta.inode())),
              column("device", meta -> FileReport.device(meta.device())),
              column("modified", meta -> Value.of(meta.times().modified())),
              column("accessed", meta -> Value.of(meta.times().accessed())),
              column("changed", meta -> Value.of(meta.times().changed())),
              column("born", meta -> Value.of(meta.times().born())),
              Column.of("target", r -> target(r, false)),
              Column.<Row>of("target_hex", r -> target(r, true)).whereKnown(),
              Column.of("attributes", r -> attributes(r.done.file().attributes())),
              Column.<Row>of("link_of", r -> linkOf(r.done)).whereKnown(),
              Column.of("sha256", r -> Value.of(r.done.sha256())),
              Column.of("layer", r -> layer(r)),
              Column.<Row>of("content_layer", r -> contentLayer(r)).whereKnown(),
              Column.<Row>of("mount", r -> mount(r.file)).whereKnown(),
              Column.<Row>of("mount_note", r -> Value.of(r.file.mountNote())).whereKnown(),
              Column.of("written", r -> Value.of(r.done.written())),
              Column.of("not_kept", r -> Value.of(r.done.notKept())),
              Column.<Row>of("unread", r -> unread(r.done)).whereKnown(),
              Column.<Row>of("extents", r -> extents(r.done)).whereKnown(),
              Column.<Row>of("extents_left_out", r -> leftOut(r.done)).whereKnown(),
              Column.<Row>of("content_origin", r -> contentOrigin(r.done)).whereKnown(),
              Column.of("origin", r -> Value.of(r.done.node().origin()))),
          List.of("path"));

  /**
   * A name that stands for nothing that could be read, or a directory without its names.
   *
   * @param why in words
   */
  public record Unreadable(TreePath path, String why) {}

  public static final Report<Unreadable> UNREADABLE =
      new Report<>(
          List.of(
              Column.of("record", r -> Value.of("unreadable")),
              Column.of("path", r -> new Value.Bytes(r.path.bytes())),
              Column.<Unreadable>of("path_hex", r -> Value.hexUnlessText(r.path.bytes()))
                  .whereKnown(),
              Column.of("why", r -> Value.of(r.why))),
          List.of("path"));

  private ManifestReport() {}

  /** What an inode tells; nothing does of what is not in the evidence. */
  private static Column<Row> column(String name, Function<FileMeta, @Nullable Value> value) {
    return Column.of(name, r -> r.hasInode ? value.apply(r.done.meta()) : null);
  }

  private static @Nullable Value writtenAs(Exported done) {
    TreePath written = done.file().path();
    return written.equals(done.path()) ? null : new Value.Bytes(written.bytes());
  }

  private static @Nullable Value target(Row row, boolean hex) {
    if (!row.done.meta().isSymlink()) {
      return null;
    }
    byte[] target = row.done.file().target();
    return hex ? Value.hexUnlessText(target) : new Value.Bytes(target);
  }

  private static Value attributes(Map<Name, byte[]> attributes) {
    Map<String, String> hex = new LinkedHashMap<>();
    attributes.forEach((name, raw) -> hex.put(name.toString(), HexFormat.of().formatHex(raw)));
    return Value.of(hex);
  }

  private static @Nullable Value linkOf(Exported done) {
    TreePath first = done.file().linkOf();
    return first == null ? null : new Value.Bytes(first.bytes());
  }

  private static @Nullable Value mount(FileRow file) {
    TreePath at = file.mount();
    return at == null ? null : new Value.Bytes(at.bytes());
  }

  private static @Nullable Value layer(Row row) {
    if (!row.layered || row.file.mount() != null) {
      return null;
    }
    return MountedTree.behind(row.done.node()) instanceof OverlayNode merged
        ? Value.of(merged.suppliedBy().index())
        : Value.of(0);
  }

  /** The layer of the content where another one has it: a copy of metadata alone. */
  private static @Nullable Value contentLayer(Row row) {
    if (!(MountedTree.behind(row.done.node()) instanceof OverlayNode merged)
        || row.done.contentOrigin() == null) {
      return null;
    }
    try {
      int index = merged.contentSuppliedBy().index();
      return index == merged.suppliedBy().index() ? null : Value.of(index);
    } catch (IOException e) {
      return null; // told when the content was read
    }
  }

  private static @Nullable Value contentOrigin(Exported done) {
    Origin origin = done.contentOrigin();
    return origin == null || origin.equals(done.node().origin()) ? null : Value.of(origin);
  }

  private static @Nullable Value unread(Exported done) {
    if (done.unread().isEmpty()) {
      return null;
    }
    List<@Nullable Value> ranges = new ArrayList<>();
    for (TreeSink.Data each : done.unread()) {
      Map<String, @Nullable Value> range = new LinkedHashMap<>();
      range.put("position", Value.of(each.position()));
      range.put("length", Value.of(each.length()));
      ranges.add(new Value.Pairs(range));
    }
    return new Value.Many(ranges);
  }

  private static @Nullable Value extents(Exported done) {
    if (done.pieces().isEmpty()) {
      return null;
    }
    List<@Nullable Value> extents = new ArrayList<>(done.pieces().size());
    for (Exported.Piece piece : done.pieces()) {
      Extent place = piece.place();
      Map<String, @Nullable Value> extent = new LinkedHashMap<>();
      extent.put("position", Value.of(piece.position()));
      extent.put("length", Value.of(place.length()));
      extent.put("offset", Value.of(place.offset()));
      extent.put("in", Value.of(place.origin()));
      extents.add(new Value.Pairs(extent));
    }
    return new Value.Many(extents);
  }

  private static @Nullable Value leftOut(Exported done) {
    return done.piecesLeftOut() == 0 ? null : Value.of(done.piecesLeftOut());
  }
}
