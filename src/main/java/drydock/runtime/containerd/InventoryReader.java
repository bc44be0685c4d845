package drydock.runtime.containerd;

import drydock.finding.FindingLog;
import drydock.oci.Digest;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.Orders;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Role;
import drydock.runtime.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins all that is known of each container and each pod. */
final class InventoryReader {
  /** So many hexadecimal digits are an id that a program made up: no name. */
  private static final int GENERATED_DIGITS = 64;

  private final Drafts drafts;
  private final Sandboxes sandboxes;
  private final Tasks tasks;
  private final ImageNames images;
  private final Snapshots snapshots;
  private final FindingLog log;

  InventoryReader(
      Drafts drafts,
      Sandboxes sandboxes,
      Tasks tasks,
      ImageNames images,
      Snapshots snapshots,
      FindingLog log) {
    this.drafts = drafts;
    this.sandboxes = sandboxes;
    this.tasks = tasks;
    this.images = images;
    this.snapshots = snapshots;
    this.log = log;
  }

  Inventory read() throws IOException {
    List<ContainerDraft> read = drafts.read();
    Map<String, SandboxFacts> facts = sandboxes.join(read);
    List<Container> containers = new ArrayList<>(read.size());
    for (ContainerDraft draft : read) {
      String sandboxId = draft.sandboxId();
      containers.add(container(draft, sandboxId == null ? null : facts.get(sandboxId)));
    }
    containers.sort(Orders.CONTAINERS);
    Map<String, List<String>> inside = idsBySandbox(containers);
    List<Pod> pods = new ArrayList<>();
    for (SandboxFacts sandbox : facts.values()) {
      pods.add(pod(sandbox, inside.getOrDefault(sandbox.id(), List.of())));
    }
    pods.sort(Orders.PODS);
    return new Inventory(List.copyOf(containers), List.copyOf(pods));
  }

  private Container container(ContainerDraft draft, @Nullable SandboxFacts sandbox)
      throws IOException {
    ContainerRecord record = draft.record();
    PodRef pod = pod(draft, sandbox);
    SpecHead spec = draft.spec();
    String hostname = spec == null ? null : spec.hostname();
    if (hostname == null && sandbox != null) {
      hostname = sandbox.hostname();
    }
    Role role =
        draft.isSandbox() ? Role.SANDBOX : Roles.ofPod(pod == null ? null : pod.namespace());
    return new Container(
        ContainerdRuntime.ENGINE,
        draft.namespace(),
        draft.id(),
        name(draft),
        pod,
        attempt(draft, sandbox),
        image(draft),
        imageDigest(draft).orElse(null),
        spec == null ? List.of() : spec.args(),
        state(draft, sandbox),
        record == null ? null : record.updated(),
        role,
        record == null ? Map.of() : record.labels(),
        annotations(draft, sandbox),
        record == null ? null : record.snapshotter(),
        record == null ? null : record.snapshotKey(),
        record == null ? null : record.runtime(),
        hostname,
        draft.cri() == null ? null : draft.cri().logPath(),
        draft.origin());
  }

  /** The name in the pod, nerdctl's, or an id that somebody chose. */
  private static @Nullable String name(ContainerDraft draft) {
    if (draft.isSandbox()) {
      return null;
    }
    String name = draft.cri() == null ? null : draft.cri().name();
    if (name == null) {
      name = draft.label(PodLabels.CONTAINER);
    }
    if (name == null) {
      name = draft.label("nerdctl/name");
    }
    return name == null && !isGenerated(draft.id()) ? draft.id() : name;
  }

  private static boolean isGenerated(String id) {
    boolean generated = id.length() == GENERATED_DIGITS;
    for (int i = 0; generated && i < id.length(); i++) {
      char c = id.charAt(i);
      generated = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return generated;
  }

  private static @Nullable PodRef pod(ContainerDraft draft, @Nullable SandboxFacts sandbox) {
    String name = draft.label(PodLabels.NAME);
    String namespace = draft.label(PodLabels.NAMESPACE);
    String uid = draft.label(PodLabels.UID);
    if (name == null) {
      name = draft.specAnnotation("io.kubernetes.cri.sandbox-name");
      namespace = draft.specAnnotation("io.kubernetes.cri.sandbox-namespace");
      uid = draft.specAnnotation("io.kubernetes.cri.sandbox-uid");
    }
    if (name == null && sandbox != null) {
      name = sandbox.podName();
      namespace = sandbox.podNamespace();
      uid = sandbox.podUid();
    }
    String sandboxId = draft.sandboxId();
    return name == null && sandboxId == null ? null : new PodRef(namespace, name, uid, sandboxId);
  }

  private static @Nullable Integer attempt(ContainerDraft draft, @Nullable SandboxFacts sandbox) {
    if (draft.cri() != null) {
      return draft.cri().attempt();
    }
    CriSandbox own = draft.isSandbox() && sandbox != null ? sandbox.cri() : null;
    return own == null ? null : Integer.valueOf(own.attempt());
  }

  private static @Nullable String image(ContainerDraft draft) {
    String image = draft.record() == null ? null : draft.record().image();
    String said = draft.cri() == null ? null : draft.cri().userImage();
    boolean isDigest = image != null && Digest.parse(image).isPresent();
    return said != null && (image == null || isDigest) ? said : image;
  }

  private Optional<Digest> imageDigest(ContainerDraft draft) throws IOException {
    String ref = draft.cri() == null ? null : draft.cri().imageRef();
    if (ref != null) {
      // the CRI plugin keeps an image of the config digest's name beside the tag, which may move
      Optional<Digest> byConfig = images.target(draft.namespace(), ref);
      return byConfig.isPresent() ? byConfig : Digest.parse(ref);
    }
    String image = draft.record() == null ? null : draft.record().image();
    return image == null ? Optional.empty() : images.target(draft.namespace(), image);
  }

  private static Map<String, String> annotations(
      ContainerDraft draft, @Nullable SandboxFacts sandbox) {
    if (draft.cri() != null) {
      return draft.cri().annotations();
    }
    if (draft.isSandbox() && sandbox != null && sandbox.cri() != null) {
      return sandbox.cri().annotations();
    }
    return draft.spec() == null ? Map.of() : draft.spec().annotations();
  }

  private ContainerState state(ContainerDraft draft, @Nullable SandboxFacts sandbox)
      throws IOException {
    if (draft.status() != null) {
      return draft.status().state();
    }
    Instant created = draft.record() == null ? null : draft.record().created();
    Status status = Status.UNKNOWN;
    Long pid = null;
    Optional<Boolean> task = tasks.had(draft.namespace(), draft.id());
    if (draft.isSandbox()) {
      pid = sandbox == null ? null : sandbox.pid();
      status = sandboxStatus(task);
    } else if (draft.record() != null && !task.orElse(true) && neverMounted(draft.record())) {
      status = Status.CREATED;
    }
    return new ContainerState(status, created, null, null, null, null, null, pid);
  }

  /**
   * The CRI plugin deletes a sandbox's task as soon as it ends, so a task there is one that runs.
   */
  private static Status sandboxStatus(Optional<Boolean> task) {
    if (task.isEmpty()) {
      return Status.UNKNOWN;
    }
    return task.get() ? Status.RUNNING : Status.EXITED;
  }

  private boolean neverMounted(ContainerRecord record) {
    try {
      String key = record.snapshotKey();
      String snapshotter = record.snapshotter();
      if (key == null || snapshotter == null) {
        return false;
      }
      Optional<Snapshots.Located> own = snapshots.find(record.namespace(), snapshotter, key);
      return own.isPresent() && own.get().store().snapshotter().neverMounted(own.get().directory());
    } catch (IOException e) {
      log.add(e, record.origin());
      return false;
    }
  }

  private static Map<String, List<String>> idsBySandbox(List<Container> containers) {
    Map<String, List<String>> ids = new HashMap<>();
    for (Container container : containers) {
      String sandbox = container.pod() == null ? null : container.pod().sandboxId();
      if (sandbox != null && container.role() != Role.SANDBOX) {
        ids.computeIfAbsent(sandbox, id -> new ArrayList<>()).add(container.id());
      }
    }
    return ids;
  }

  private Pod pod(SandboxFacts sandbox, List<String> ids) throws IOException {
    CriSandbox cri = sandbox.cri();
    Optional<Boolean> task = tasks.had(sandbox.namespace(), sandbox.id());
    String ready = task.orElse(false) ? "ready" : "notready";
    return new Pod(
        ContainerdRuntime.ENGINE,
        sandbox.namespace(),
        sandbox.podNamespace(),
        sandbox.podName(),
        sandbox.podUid(),
        sandbox.id(),
        cri == null ? null : Integer.valueOf(cri.attempt()),
        sandbox.created(),
        task.isEmpty() ? "unknown" : ready,
        cri == null ? List.of() : cri.ips(),
        cri == null ? null : Boolean.valueOf(cri.hostNetwork()),
        List.copyOf(ids),
        cri == null ? sandbox.labels() : cri.labels(),
        cri == null ? Map.of() : cri.annotations(),
        cri == null ? null : cri.logDirectory(),
        sandbox.hostname(),
        cri == null ? null : cri.runtimeHandler(),
        sandbox.origin());
  }
}
