package drydock.report;

import drydock.fs.DeletedName;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.kubernetes.Storage;
import drydock.kubernetes.Volume;
import drydock.oci.ContentKind;
import drydock.provenance.Belonging;
import drydock.provenance.ImageStep;
import drydock.provenance.Seen;
import drydock.provenance.Use;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.ImageLayer;
import drydock.runtime.Lease;
import drydock.runtime.PodRef;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code belonging}: whose a path of the node is. */
public final class WhoseReport {
  public static final Report<WhoseRow> REPORT =
      new Report<>(
          List.of(
              column("path", b -> new Value.Bytes(b.path().bytes())),
              column("path_hex", b -> Value.hexUnlessText(b.path().bytes())).whereKnown(),
              Column.of("type", r -> type(r.belonging())),
              Column.of("inode", r -> inode(r)),
              column("present", b -> Value.of(b.node() != null)),
              column("deleted", b -> b.erased() == null ? null : Value.of(true)).whereKnown(),
              Column.<WhoseRow>of("guess", r -> Value.of(r.guess())).whereKnown(),
              column("kind", b -> Value.of(b.kind().label())),
              column("engine", b -> Value.of(b.engine())),
              column("snapshots", b -> many(b.snapshots(), WhoseReport::snapshot)),
              column("path_in_snapshot", b -> path(b.inside())),
              column("layer", b -> layer(b)).shown(r -> layerText(r.belonging())),
              column("images", b -> many(b.images(), WhoseReport::image))
                  .shown(r -> imagesText(r.belonging())),
              column("containers", b -> many(b.uses(), WhoseReport::use))
                  .shown(r -> containersText(r.belonging())),
              column("pods", b -> many(b.pods(), WhoseReport::pod))
                  .shown(r -> podsText(r.belonging())),
              column("volume", b -> b.volume() == null ? null : volume(b.volume())),
              column("content", b -> many(b.blobs(), WhoseReport::blob)),
              column("leases", b -> Value.of(b.leases().stream().map(Lease::id).toList())),
              column("note", b -> Value.of(b.note())),
              Column.of("origin", r -> Value.of(r.origin()))),
          List.of("kind", "layer", "images", "containers", "path"));

  private WhoseReport() {}

  private static Column<WhoseRow> column(String name, Function<Belonging, @Nullable Value> value) {
    return Column.of(name, row -> value.apply(row.belonging()));
  }

  /**
   * The record as it is written for people: without what is not there, and with the layer's own
   * text.
   */
  public static Dossier outline(WhoseRow row) throws IOException {
    Dossier dossier = new Dossier();
    for (Column<WhoseRow> column : REPORT.columns()) {
      Value value = column.value().of(row);
      boolean empty = value instanceof Value.Many many && many.values().isEmpty();
      if (value != null && !empty) {
        dossier.add(column.name(), value);
      }
    }
    return dossier;
  }

  private static @Nullable Value type(Belonging belonging) throws IOException {
    Node node = belonging.node();
    DeletedName erased = belonging.erased();
    if (node != null) {
      return FileReport.type(node.meta().type());
    }
    return erased == null ? null : FileReport.type(erased.type());
  }

  private static @Nullable Value inode(WhoseRow row) throws IOException {
    Node node = row.belonging().node();
    DeletedName erased = row.belonging().erased();
    if (row.inode() != null) {
      return Value.of(row.inode());
    }
    if (node == null) {
      return erased == null ? null : Value.of(erased.inode());
    }
    FileMeta meta = node.meta();
    return meta.inode() == 0 ? null : Value.of(meta.inode());
  }

  private static <T> Value many(List<T> things, Function<T, Dossier> record) {
    List<@Nullable Value> values = new ArrayList<>();
    things.forEach(thing -> values.add(record.apply(thing).value()));
    return new Value.Many(values);
  }

  private static @Nullable Value path(@Nullable TreePath path) {
    return path == null ? null : new Value.Bytes(path.bytes());
  }

  private static Dossier snapshot(Snapshot snapshot) {
    return new Dossier()
        .add("namespace", Value.of(snapshot.namespace()))
        .add("snapshotter", Value.of(snapshot.snapshotter()))
        .add("key", Value.id(snapshot.key()))
        .add("kind", Value.of(snapshot.kind()))
        .add("id", Value.of(snapshot.id()))
        .add("path", Value.of(snapshot.path()));
  }

  /** The step of the first image; others that share the layer say theirs beside them. */
  private static @Nullable Value layer(Belonging belonging) {
    ImageLayer layer = step(belonging);
    return layer == null
        ? null
        : new Dossier()
            .add("digest", Value.id(layer.digest()))
            .add("diff_id", Value.id(layer.diffId()))
            .add("chain_id", Value.id(layer.chainId()))
            .add("size", Value.of(layer.size()))
            .add("step", Value.of(layer.index()))
            .add("created", Value.of(layer.created()))
            .add("created_by", Value.of(layer.createdBy()))
            .add("comment", Value.of(layer.comment()))
            .value();
  }

  private static @Nullable ImageLayer step(Belonging belonging) {
    for (ImageStep step : belonging.images()) {
      if (step.layer() != null) {
        return step.layer();
      }
    }
    return null;
  }

  private static Dossier image(ImageStep step) {
    ImageLayer layer = step.layer();
    Dossier image =
        new Dossier()
            .add("namespace", Value.of(step.image().namespace()))
            .add("name", Value.of(step.image().name()))
            .add("digest", Value.id(step.image().digest()));
    if (layer != null) {
      image.add("layer_digest", Value.id(layer.digest()));
      image.add("step", Value.of(layer.index()));
      image.add("created_by", Value.of(layer.createdBy()));
    }
    return image;
  }

  private static Dossier use(Use use) {
    Container container = use.container();
    PodRef pod = container.pod();
    Seen seen = use.seen();
    return new Dossier()
        .add("namespace", Value.of(container.namespace()))
        .add("pod_namespace", pod == null ? null : Value.of(pod.namespace()))
        .add("pod", pod == null ? null : Value.of(pod.name()))
        .add("name", Value.of(container.name()))
        .add("id", Value.id(container.id()))
        .add("attempt", Value.of(container.attempt()))
        .add("role", Value.of(container.role().label()))
        .add("status", Value.of(container.state().status().label()))
        .add("by", Value.of(use.by().label()))
        .add("layer", Value.of(use.layer()))
        .add("mount", path(use.mount()))
        .add("seen", seen == null ? null : Value.of(seen.label()))
        .add("path", path(use.path()))
        .add("why", Value.of(use.why()));
  }

  private static Dossier pod(PodRef pod) {
    return new Dossier()
        .add("namespace", Value.of(pod.namespace()))
        .add("name", Value.of(pod.name()))
        .add("uid", Value.of(pod.uid()));
  }

  private static Value volume(Volume volume) {
    String plugin = volume.plugin();
    return new Dossier()
        .add("name", Value.of(volume.name()))
        .add("kind", plugin == null ? null : Value.of(Storage.kind(plugin)))
        .add("driver", Value.of(volume.driver()))
        .add("handle", Value.of(volume.handle()))
        .add("pod_uid", Value.of(volume.podUid()))
        .value();
  }

  private static Dossier blob(Blob blob) {
    String kind = ContentKind.of(blob.mediaType()).name().toLowerCase(Locale.ROOT);
    return new Dossier()
        .add("namespace", Value.of(blob.namespace()))
        .add("digest", Value.id(blob.digest()))
        .add("kind", Value.of(kind))
        .add("media_type", Value.of(blob.mediaType()))
        .add("size", Value.of(blob.size()));
  }

  private static @Nullable String layerText(Belonging belonging) {
    ImageLayer layer = step(belonging);
    Value digest = layer == null ? null : Value.id(layer.digest());
    return digest == null ? "-" : digest.brief();
  }

  /** Names that people gave; what is only a digest where there is nothing else. */
  private static String imagesText(Belonging belonging) {
    Set<String> all = new LinkedHashSet<>();
    belonging.images().forEach(step -> all.add(step.image().name()));
    Set<String> given = new LinkedHashSet<>(all);
    given.removeIf(name -> name.startsWith("sha256:") || name.contains("@sha256:"));
    return joined(given.isEmpty() ? all : given);
  }

  private static String containersText(Belonging belonging) {
    Set<String> texts = new LinkedHashSet<>();
    for (Use use : belonging.uses()) {
      String name = name(use.container());
      TreePath path = use.path();
      String seen = use.seen() == Seen.NO ? " [hidden]" : "";
      texts.add(name + (path == null ? " [" + use.by().label() + "]" : ":" + path + seen));
    }
    return joined(texts);
  }

  private static String name(Container container) {
    String name = container.name() == null ? container.id() : container.name();
    PodRef pod = container.pod();
    return pod == null || pod.name() == null
        ? name
        : pod.namespace() + "/" + pod.name() + "/" + name;
  }

  private static String podsText(Belonging belonging) {
    return joined(belonging.pods().stream().map(ContainerReport::podText).toList());
  }

  private static String joined(Iterable<@Nullable String> texts) {
    String text = String.join("; ", texts);
    return text.isEmpty() ? "-" : Escape.text(text);
  }
}
