package drydock.cli;

import drydock.cli.option.Declarations;
import drydock.kubernetes.LogFilter;
import drydock.kubernetes.LogStream;
import drydock.report.Escape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which lines of a log are asked for. */
final class LogTests {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command = Declarations.emptySpec();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Lines that were written at that time or later.")
  @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Lines that were written before that time.")
  @Nullable String until;

  @Option(
      names = "--stream",
      paramLabel = "STREAM",
      description = "Lines of one stream only: ${COMPLETION-CANDIDATES}.")
  @Nullable LogStream stream;

  @Option(
      names = "--tail",
      paramLabel = "N",
      description = "Of these lines the last N; pieces of a line are one line.")
  @Nullable Long tail;

  LogFilter.Wanted wanted() {
    Instant from = since == null ? Instant.MIN : time("--since", since);
    Instant to = until == null ? Instant.MAX : time("--until", until);
    return new LogFilter.Wanted(from, to, stream);
  }

  /** How many of the last lines are asked for; null for all. */
  @Nullable Long tail() {
    if (tail != null && tail < 0) {
      throw wrong("--tail", tail.toString(), "a number of lines");
    }
    return tail;
  }

  /** Whether anything was typed. */
  boolean any() {
    return since != null || until != null || stream != null || tail != null;
  }

  private Instant time(String option, String text) {
    return Times.parse(text)
        .orElseThrow(
            () -> wrong(option, text, "a time such as 2026-11-22 or 2026-11-22T01:00:00Z"));
  }

  private ParameterException wrong(String option, String text, String expected) {
    return new ParameterException(
        command.commandLine(), option + ": '" + Escape.text(text) + "' is not " + expected);
  }
}
