package drydock.report;

import drydock.fs.FileMeta;
import drydock.overlay.LayerNode;
import drydock.overlay.Version;
import drydock.provenance.PathVersion;
import drydock.runtime.ImageLayer;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record {@code file} with {@code versions}. */
public final class StatReport {
  public static final Report<StatRow> REPORT =
      FileReport.REPORT
          .within(StatRow::file)
          .with(Column.<StatRow>of("versions", StatReport::versions).whereKnown(), false);

  private static final List<String> FOR_PEOPLE =
      List.of("layer", "state", "kind", "mode", "size", "modified", "sha256", "same_as", "digest");

  private StatReport() {}

  /** The same with the file's own hash. */
  public static Report<StatRow> hashed(String name) {
    Column<StatRow> hash = FileReport.hash(name).within(StatRow::file);
    return REPORT.with(hash, false);
  }

  /** The record as it is written for people: of the versions what tells them apart. */
  public static Dossier outline(Report<StatRow> report, StatRow row) throws IOException {
    Dossier dossier = Dossier.of(report, row);
    List<StatRow.Version> versions = row.versions();
    if (versions != null) {
      List<@Nullable Value> brief = new ArrayList<>();
      for (StatRow.Version each : versions) {
        List<String> names = new ArrayList<>(FOR_PEOPLE);
        names.add("created_by");
        names.add("node_path");
        brief.add(version(each).only(names).value());
      }
      dossier.add("versions", new Value.Many(brief));
    }
    return dossier;
  }

  private static @Nullable Value versions(StatRow row) throws IOException {
    List<StatRow.Version> versions = row.versions();
    if (versions == null) {
      return null;
    }
    List<@Nullable Value> values = new ArrayList<>();
    for (StatRow.Version each : versions) {
      values.add(version(each).value());
    }
    return new Value.Many(values);
  }

  private static Dossier version(StatRow.Version version) throws IOException {
    PathVersion made = version.made();
    LayerNode at = made.version().at();
    FileMeta meta = version.file().meta();
    SnapshotLink link = made.link();
    ImageLayer step = made.step();
    Dossier dossier =
        new Dossier()
            .add("layer", Value.of(at.index()))
            .add("state", Value.of(made.state().label()))
            .add("kind", Value.of(kind(made.version(), meta)))
            .add("mode", Value.of(FileReport.octal(meta)))
            .add("uid", Value.of(meta.uid()))
            .add("gid", Value.of(meta.gid()))
            .add("size", Value.of(meta.size()))
            .add("inode", Value.of(meta.inode()))
            .add("modified", Value.of(meta.times().modified()))
            .add("changed", Value.of(meta.times().changed()))
            .add("born", Value.of(meta.times().born()));
    for (Map.Entry<String, String> hash : version.hashes().entrySet()) {
      dossier.add(hash.getKey(), Value.of(hash.getValue()));
      dossier.add("same_as", Value.of(version.sameAs()));
    }
    dossier
        .add("moved_by", movedBy(made))
        .add("snapshotter", link == null ? null : Value.of(link.snapshot().snapshotter()))
        .add("snapshot_key", link == null ? null : Value.id(link.snapshot().key()))
        .add("digest", link == null ? null : Value.id(link.layerDigest()))
        .add("diff_id", link == null ? null : Value.id(link.diffId()))
        .add("created_by", step == null ? null : Value.of(step.createdBy()))
        .add("path_in_layer", new Value.Bytes(at.path().bytes()))
        .add("node_path", made.nodePath() == null ? null : new Value.Bytes(made.nodePath().bytes()))
        .add("origin", Value.of(at.node().origin()));
    return dossier;
  }

  /** The layer whose renaming brought it to this path. */
  private static @Nullable Value movedBy(PathVersion made) {
    int layer = made.version().layer();
    return layer == made.version().at().index() ? null : Value.of(layer);
  }

  /** What it is to the overlay, where that is more than a file or directory. */
  private static String kind(Version version, FileMeta meta) {
    return version.form() == Version.Form.PLAIN
        ? meta.type().label()
        : version.form().name().toLowerCase(Locale.ROOT);
  }
}
