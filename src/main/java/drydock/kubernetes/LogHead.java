package drydock.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the text in a line of a CRI log: {@code TIME STREAM TAGS TEXT}. Pure.
 *
 * <p>Source: Kubernetes 1.34, k8s.io/cri-client/pkg/logs (parseCRILog) and
 * design-proposals/node/kubelet-cri-logging.md; containerd 2.2, internal/cri/io/logger.go.
 *
 * @param time when the engine read the text from the program
 * @param partial whether the program's line goes on in the next piece of the same stream
 */
public record LogHead(Instant time, LogStream stream, boolean partial) {
  /** More than any head has: who looks for its end gives up here. */
  static final int MAX_LENGTH = 128;

  private static final int SPACES = 3;
  private static final int NANO_DIGITS = 9;
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,9}))?(Z|[+-]\\d\\d:\\d\\d)");

  /**
   * The head that an array begins with, which ends with its third space; empty when this is none.
   */
  static Optional<LogHead> parse(byte[] bytes, int length) {
    String[] words = new String(bytes, 0, length, ISO_8859_1).split(" ", -1);
    if (words.length != SPACES + 1) {
      return Optional.empty();
    }
    Optional<LogStream> stream = LogStream.named(words[1]);
    Optional<Instant> time = stream.isEmpty() ? Optional.empty() : time(words[0]);
    // Tags are separated by colons, and the first one is P or F; others were never given out.
    boolean partial = words[2].equals("P") || words[2].startsWith("P:");
    return time.map(at -> new LogHead(at, stream.orElseThrow(), partial));
  }

  private static Optional<Instant> time(String text) {
    Matcher match = TIME.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    String fraction = match.group(2) == null ? "" : match.group(2);
    int nanos = Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    try {
      return Optional.of(
          LocalDateTime.parse(match.group(1))
              .withNano(nanos)
              .toInstant(ZoneOffset.of(match.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
