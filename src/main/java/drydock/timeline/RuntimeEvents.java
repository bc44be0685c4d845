package drydock.timeline;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.Image;
import drydock.runtime.Lease;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine's records tell of when things were made, began and ended. A record has the last
 * time of each kind only: of a container that its engine started several times the last start.
 */
public final class RuntimeEvents implements EventSource {
  private static final String OOM_KILLED = "OOMKilled";

  private final Runtime runtime;
  private final @Nullable Relatives only;

  /** Of everything that the engine holds. */
  public RuntimeEvents(Runtime runtime) {
    this.runtime = runtime;
    this.only = null;
  }

  /** Of some containers and what has to do with them; what cannot be told is a finding. */
  public RuntimeEvents(Runtime runtime, List<Container> containers, FindingLog log) {
    this.runtime = runtime;
    this.only = new Relatives(runtime, containers, log);
  }

  @Override
  public void emit(Sink sink) throws IOException {
    Set<String> sandboxes = new HashSet<>();
    for (Pod pod : runtime.pods()) {
      if (pod.created() != null) {
        sandboxes.add(pod.sandboxId());
      }
      if (only == null || only.has(pod)) {
        sandbox(pod, sink);
      }
    }
    for (Container container : runtime.containers()) {
      if (only == null || only.has(container)) {
        container(container, sandboxes.contains(container.id()), sink);
      }
    }
    for (Image image : runtime.images()) {
      if (only == null || only.has(image)) {
        image(image, sink);
      }
    }
    for (Snapshot snapshot : runtime.snapshots()) {
      if (only == null || only.has(snapshot)) {
        snapshot(snapshot, sink);
      }
    }
    for (Blob blob : runtime.content()) {
      if (only == null || only.has(blob)) {
        content(blob, sink);
      }
    }
    for (Lease lease : runtime.leases()) {
      if (only == null || only.has(lease)) {
        Subject subject = Subject.of(runtime.engine(), lease.namespace(), null);
        String message = "lease " + lease.id() + " made";
        made(lease.created(), EventKind.LEASE_CREATED, message, subject, lease.origin(), sink);
      }
    }
  }

  private static void made(
      @Nullable Instant time,
      EventKind kind,
      String message,
      Subject subject,
      Origin origin,
      Sink sink)
      throws IOException {
    if (time != null) {
      sink.add(Event.of(time, TimeMeaning.CREATED, kind, message, subject, origin));
    }
  }

  private static void updated(
      @Nullable Instant time,
      @Nullable Instant created,
      EventKind kind,
      String message,
      Subject subject,
      Origin origin,
      Sink sink)
      throws IOException {
    if (time != null && !time.equals(created)) {
      sink.add(Event.of(time, TimeMeaning.UPDATED, kind, message, subject, origin));
    }
  }

  private static void sandbox(Pod pod, Sink sink) throws IOException {
    Subject subject = Subject.of(pod);
    String message = "sandbox of pod " + subject.label() + " made" + attempt(pod.attempt());
    made(pod.created(), EventKind.SANDBOX_CREATED, message, subject, pod.origin(), sink);
  }

  private static String attempt(@Nullable Integer attempt) {
    return attempt == null || attempt == 0 ? "" : ", attempt " + attempt;
  }

  private static void container(Container container, boolean isToldSandbox, Sink sink)
      throws IOException {
    ContainerState state = container.state();
    Subject subject = Subject.of(container);
    Origin origin = container.origin();
    String name = "container " + subject.label();
    String of = container.image() == null ? "" : " of image " + container.image();
    String again = attempt(container.attempt());
    if (!isToldSandbox) {
      String made = name + " made" + of + again;
      made(state.created(), EventKind.CONTAINER_CREATED, made, subject, origin, sink);
    }
    if (state.started() != null) {
      boolean restart = container.attempt() != null && container.attempt() > 0;
      EventKind kind = restart ? EventKind.CONTAINER_RESTARTED : EventKind.CONTAINER_STARTED;
      String started = name + (restart ? " started again" : " started") + of + again;
      sink.add(Event.of(state.started(), TimeMeaning.STARTED, kind, started, subject, origin));
    }
    end(state, name + again, subject, origin, sink);
    String record = "record of " + name + " last written";
    updated(
        container.updated(),
        state.created(),
        EventKind.CONTAINER_RECORDED,
        record,
        subject,
        origin,
        sink);
  }

  private static void end(
      ContainerState state, String name, Subject subject, Origin origin, Sink sink)
      throws IOException {
    if (state.finished() == null) {
      return;
    }
    boolean killed = OOM_KILLED.equals(state.reason());
    String message =
        name
            + (killed ? " killed for want of memory" : " exited")
            + (state.exitCode() == null ? "" : " with " + state.exitCode())
            + (state.reason() == null ? "" : " (" + state.reason() + ")")
            + (state.message() == null || state.message().isEmpty() ? "" : ": " + state.message());
    EventKind kind = killed ? EventKind.CONTAINER_KILLED : EventKind.CONTAINER_EXITED;
    sink.add(
        Event.of(state.finished(), TimeMeaning.EXITED, kind, message, subject, origin)
            .ended(state.exitCode(), state.reason()));
  }

  private static void image(Image image, Sink sink) throws IOException {
    Subject subject = Subject.of(image.engine(), image.namespace(), image.name());
    String name = "image " + image.name();
    String digest = image.digest() == null ? "" : " (" + image.digest() + ")";
    String pulled = name + digest + " pulled, imported or named";
    Origin origin = image.origin();
    made(image.created(), EventKind.IMAGE_PULLED, pulled, subject, origin, sink);
    String again = "record of " + name + digest + " written again";
    updated(
        image.updated(), image.created(), EventKind.IMAGE_UPDATED, again, subject, origin, sink);
  }

  private void snapshot(Snapshot snapshot, Sink sink) throws IOException {
    Subject subject = Subject.of(runtime.engine(), snapshot.namespace(), null);
    boolean layer = snapshot.kind().equals("committed") && snapshot.key().startsWith("sha256:");
    String message =
        layer
            ? "layer unpacked into snapshot " + snapshot.key()
            : snapshot.kind() + " snapshot " + snapshot.key() + " made";
    String where = snapshot.path() == null ? "" : ", " + snapshot.path();
    EventKind kind = layer ? EventKind.LAYER_UNPACKED : EventKind.SNAPSHOT_CREATED;
    made(snapshot.created(), kind, message + where, subject, snapshot.origin(), sink);
  }

  private static void content(Blob blob, Sink sink) throws IOException {
    Subject subject = Subject.of(blob.engine(), blob.namespace(), null);
    String what = blob.digest() == null ? String.valueOf(blob.ref()) : blob.digest().toString();
    String size = blob.size() == null ? "" : ", " + blob.size() + " bytes";
    String type = blob.mediaType() == null ? "" : ", " + blob.mediaType();
    if (blob.ref() != null) {
      String begun = "content " + what + " began to be fetched and is not whole";
      made(blob.created(), EventKind.CONTENT_BEGUN, begun, subject, blob.origin(), sink);
    } else {
      String ingested = "content " + what + " ingested" + size + type;
      made(blob.created(), EventKind.CONTENT_INGESTED, ingested, subject, blob.origin(), sink);
    }
  }
}
