package drydock.checkpoint;

import drydock.oci.Fields;
import drydock.oci.RuntimeSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes from the documents what they say in words that all engines share, and keeps what a flavour
 * adds. For one thread.
 */
final class FactCollector {
  private static final long NANOS = 1_000_000_000;
  private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

  final Documents documents;
  @Nullable String id;
  @Nullable String name;
  @Nullable String fullName;
  @Nullable String pod;
  @Nullable String namespace;
  @Nullable String podUid;
  @Nullable String podId;
  @Nullable String image;
  @Nullable String imageId;
  @Nullable String imageDigest;
  @Nullable String runtime;
  @Nullable Instant created;
  @Nullable Instant started;
  @Nullable Instant checkpointed;
  @Nullable Boolean restored;
  @Nullable Instant restoredAt;
  @Nullable Long restarts;
  @Nullable String logPath;
  final List<String> ips = new ArrayList<>();
  final List<String> macs = new ArrayList<>();
  final Map<String, String> labels = new TreeMap<>();
  final Map<String, String> annotations = new TreeMap<>();

  FactCollector(Documents documents) {
    this.documents = documents;
    documents.config().ifPresent(this::config);
    documents.status().ifPresent(this::status);
    documents.network().ifPresent(this::network);
    documents.spec().map(RuntimeSpec::annotations).ifPresent(annotations::putAll);
  }

  private void config(Fields config) {
    id = config.text("id");
    name = config.text("name");
    image = config.text("rootfsImageName");
    runtime = config.text("runtime");
    created = unlessZero(config.time("createdTime"));
    checkpointed = unlessZero(config.time("checkpointedTime"));
    restored = config.flag("restored");
    restoredAt = unlessZero(config.time("restoredTime"));
    logPath = config.text("logPath");
    if (config.has("labels")) {
      labels.putAll(config.map("labels"));
    }
  }

  /** The CRI's words, the same of containerd and CRI-O. */
  private void status(Fields status) {
    started = nanos(status.number("started_at"));
    created = created == null ? nanos(status.number("created_at")) : created;
    logPath = logPath == null ? status.text("log_path") : logPath;
    imageDigest = status.text("image_ref");
    Optional<Fields> metadata = status.object("metadata");
    restarts = metadata.map(each -> each.number("attempt")).orElse(null);
    labels.putAll(status.map("labels"));
    annotations.putAll(status.map("annotations"));
    String kubelet = annotations.get("io.kubernetes.container.restartCount");
    if (kubelet != null && kubelet.matches("\\d{1,9}")) {
      restarts = Long.valueOf(kubelet);
    }
    pod = labels.get("io.kubernetes.pod.name");
    namespace = labels.get("io.kubernetes.pod.namespace");
    podUid = labels.get("io.kubernetes.pod.uid");
  }

  /** What the network's plugins answered: by the network's name, interfaces by theirs. */
  private void network(Fields network) {
    for (String each : network.names()) {
      Optional<Fields> interfaces =
          network.object(each).flatMap(answer -> answer.object("interfaces"));
      for (String device : interfaces.map(Fields::names).orElse(List.of())) {
        interfaces.flatMap(all -> all.object(device)).ifPresent(this::device);
      }
    }
  }

  private void device(Fields device) {
    String mac = device.text("mac_address");
    if (mac != null) {
      macs.add(mac);
    }
    for (Fields subnet : device.objects("subnets")) {
      String ip = subnet.text("ipnet");
      if (ip != null) {
        ips.add(ip);
      }
    }
  }

  /** Go's time zero says that there is none. */
  private static @Nullable Instant unlessZero(@Nullable Instant time) {
    return time == null || time.equals(GO_ZERO) ? null : time;
  }

  private static @Nullable Instant nanos(@Nullable Long since1970) {
    if (since1970 == null || since1970 == 0) {
      return null;
    }
    try {
      return Instant.ofEpochSecond(
          Math.floorDiv(since1970, NANOS), Math.floorMod(since1970, NANOS));
    } catch (DateTimeException e) {
      return null;
    }
  }

  ContainerFacts facts() {
    documents.tellFaults();
    String hostname = documents.spec().map(RuntimeSpec::hostname).orElse(null);
    return new ContainerFacts(
        id,
        name,
        name != null && name.equals(fullName) ? null : fullName,
        pod,
        namespace,
        podUid,
        podId,
        image,
        imageId,
        imageDigest,
        runtime,
        hostname,
        created,
        started,
        checkpointed,
        restored,
        restoredAt,
        restarts,
        List.copyOf(ips),
        List.copyOf(macs),
        logPath,
        Collections.unmodifiableMap(labels),
        Collections.unmodifiableMap(annotations));
  }
}
