package drydock.kubernetes;

import java.util.Locale;
import java.util.Optional;

/** Which of a program's two outputs a line of its log came from. */
public enum LogStream {
  STDOUT,
  STDERR;

  /** The stream that a log calls so. */
  static Optional<LogStream> named(String text) {
    return switch (text) {
      case "stdout" -> Optional.of(STDOUT);
      case "stderr" -> Optional.of(STDERR);
      default -> Optional.empty();
    };
  }

  /** As it stands in logs, and as it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
