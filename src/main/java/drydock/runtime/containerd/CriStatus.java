package drydock.runtime.containerd;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.runtime.ContainerState;
import drydock.runtime.Status;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the CRI plugin keeps of how a container goes (containerd {@code
 * internal/cri/store/container/status.go}): the JSON file {@code containers/ID/status}, written
 * anew at each change. Times are nanoseconds since 1970; 0 is never.
 */
record CriStatus(
    @Nullable String version,
    @Nullable Instant created,
    @Nullable Instant started,
    @Nullable Instant finished,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String message,
    @Nullable Long pid) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  static CriStatus decode(byte[] json, Origin origin) throws IOException {
    JsonFields fields =
        JsonFields.pick(
            json,
            origin,
            "Version",
            "Pid",
            "CreatedAt",
            "StartedAt",
            "FinishedAt",
            "ExitCode",
            "Reason",
            "Message");
    if (!fields.has("CreatedAt")) {
      throw new CorruptDataException(origin, 0, "a status file that does not say CreatedAt");
    }
    Instant finished = time(fields.integer("FinishedAt"));
    Long exitCode = fields.integer("ExitCode");
    Long pid = fields.integer("Pid");
    return new CriStatus(
        fields.text("Version"),
        time(fields.integer("CreatedAt")),
        time(fields.integer("StartedAt")),
        finished,
        exitCode == null || finished == null ? null : exitCode.intValue(),
        fields.text("Reason"),
        fields.text("Message"),
        pid == null || pid <= 0 ? null : pid);
  }

  private static @Nullable Instant time(@Nullable Long nanos) {
    return nanos == null || nanos <= 0
        ? null
        : Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
  }

  ContainerState state() {
    Status status = Status.UNKNOWN;
    if (finished != null) {
      status = Status.EXITED;
    } else if (started != null) {
      status = Status.RUNNING;
    } else if (created != null) {
      status = Status.CREATED;
    }
    String word = reason == null && finished != null ? wordFor(exitCode) : reason;
    return new ContainerState(status, created, started, finished, exitCode, word, message, pid);
  }

  /** Of an end that has no reason of its own the CRI plugin makes one when it is asked. */
  private static String wordFor(@Nullable Integer exitCode) {
    return exitCode != null && exitCode == 0 ? "Completed" : "Error";
  }
}
