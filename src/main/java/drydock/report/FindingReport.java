package drydock.report;

import drydock.finding.Finding;
import java.util.List;
import java.util.Locale;

/** The record {@code finding}. */
public final class FindingReport {
  public static final Report<Finding> REPORT =
      new Report<>(
          List.of(
              Column.of("severity", f -> Value.of(f.severity().name().toLowerCase(Locale.ROOT))),
              Column.of("what", f -> Value.of(f.what())),
              Column.of("origin", f -> Value.of(f.origin())),
              Column.of("offset", f -> Value.of(f.offset())),
              Column.of("found", f -> Value.of(f.found())),
              Column.of("expected", f -> Value.of(f.expected()))),
          List.of("severity", "what", "origin", "offset", "found", "expected"));

  private FindingReport() {}

  /** On one line, fit for a terminal. */
  public static String line(Finding finding) {
    String text =
        finding.severity().name().toLowerCase(Locale.ROOT)
            + ": "
            + finding.what()
            + (finding.found() == null ? "" : ", found " + finding.found())
            + (finding.expected() == null ? "" : ", expected " + finding.expected())
            + " ["
            + finding.origin()
            + (finding.offset() == null ? "" : " at " + finding.offset())
            + "]";
    return Escape.text(text);
  }
}
