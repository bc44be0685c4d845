package drydock.report.checkpoint;

import drydock.checkpoint.criu.Process;
import drydock.checkpoint.triage.Clue;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code clue}: something in a checkpoint that is worth a look, and why. */
public final class ClueReport {
  /**
   * One of a checkpoint.
   *
   * @param archive as it was typed
   * @param container its name, else its id; null when neither is known
   */
  public record Row(String archive, @Nullable String container, Clue clue) {}

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.<Row>of("archive", row -> Value.of(row.archive())),
              Column.<Row>of("container", row -> Value.of(row.container())),
              Column.<Row>of("severity", row -> Value.of(row.clue().severity().label())),
              Column.<Row>of("kind", row -> Value.of(row.clue().kind().label())),
              Column.<Row>of("pid", row -> pid(row.clue().process())),
              Column.<Row>of("command", row -> command(row.clue().process())),
              Column.<Row>of("what", row -> Value.of(row.clue().what())),
              Column.<Row>of("reason", row -> Value.of(row.clue().kind().reason())),
              Column.<Row>of("origin", row -> Value.of(row.clue().origin()))),
          List.of("container", "severity", "kind", "pid", "command", "what", "reason"));

  private ClueReport() {}

  private static @Nullable Value pid(@Nullable Process process) {
    return process == null ? null : Value.of(process.pid());
  }

  private static @Nullable Value command(@Nullable Process process) {
    return process == null ? null : RenderedValue.text(process.command());
  }
}
