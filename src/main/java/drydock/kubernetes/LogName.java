package drydock.kubernetes;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a log file says: {@code 0.log}, {@code 0.log.20261122-003824.gz}. Ordered as
 * they were written.
 *
 * <p>Source: Kubernetes 1.34, pkg/kubelet/kuberuntime/helpers.go (buildContainerLogsPath) and
 * pkg/kubelet/logs/container_log_manager.go.
 *
 * @param attempt how often the container had been made before in its pod
 * @param rotated when the kubelet put the file aside, in the node's local time; empty of the one
 *     that is written to
 */
record LogName(int attempt, String rotated, Form form) implements Comparable<LogName> {
  /** How the lines are kept; the first of several that hold the same lines is the surest. */
  enum Form {
    PLAIN,
    /** Compressed. The kubelet removes the plain file right after. */
    PACKED,
    /** What the kubelet was compressing to. */
    UNFINISHED
  }

  private static final Pattern NAME = Pattern.compile("(0|[1-9]\\d{0,8})\\.log(?:\\.(.+))?");
  private static final Comparator<LogName> ORDER =
      Comparator.comparingInt(LogName::attempt)
          .thenComparing(LogName::isCurrent)
          .thenComparing(LogName::rotated)
          .thenComparing(LogName::form);

  /** What a name of the kubelet's says; empty when it is none. */
  static Optional<LogName> parse(String name) {
    Matcher match = NAME.matcher(name);
    return match.matches()
        ? Optional.of(of(Integer.parseInt(match.group(1)), match.group(2)))
        : Optional.empty();
  }

  /** The same among the names beside a log that somebody else has named. */
  static Optional<LogName> beside(String log, String name) {
    if (name.equals(log)) {
      return Optional.of(of(0, null));
    }
    return name.startsWith(log + ".")
        ? Optional.of(of(0, name.substring(log.length() + 1)))
        : Optional.empty();
  }

  private static LogName of(int attempt, @Nullable String suffix) {
    if (suffix == null) {
      return new LogName(attempt, "", Form.PLAIN);
    }
    if (suffix.endsWith(".gz")) {
      return new LogName(attempt, suffix.substring(0, suffix.length() - 3), Form.PACKED);
    }
    return suffix.endsWith(".tmp")
        ? new LogName(attempt, suffix.substring(0, suffix.length() - 4), Form.UNFINISHED)
        : new LogName(attempt, suffix, Form.PLAIN);
  }

  boolean isCurrent() {
    return rotated.isEmpty();
  }

  /** Whether both hold the same lines. */
  boolean isSameLog(LogName other) {
    return attempt == other.attempt && rotated.equals(other.rotated);
  }

  @Override
  public int compareTo(LogName other) {
    return ORDER.compare(this, other);
  }
}
