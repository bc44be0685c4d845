package drydock.cli.option;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.report.FindingReport;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.RowWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command: help, findings, how much is said on standard error. */
public final class CommonOption {
  private static final int SHOWN = 10;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = "--findings",
      paramLabel = "FILE",
      description = "Write all findings to FILE, as JSON lines, in place of what it had.")
  @Nullable Path findings;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing on standard error but errors.")
  boolean quiet;

  @Option(names = "--stacktrace", description = "Show where in the program an error happened.")
  boolean stacktrace;

  public boolean quiet() {
    return quiet;
  }

  public boolean stacktrace() {
    return stacktrace;
  }

  @Nullable Path findingsFile() {
    return findings;
  }

  /**
   * Says in short what was wrong, and writes all of it where that was asked for.
   *
   * @param withNotes whether what takes nothing from the answer is said one by one, too
   */
  void tell(FindingLog log, Console console, boolean withNotes) throws IOException {
    List<Finding> all = log.list();
    if (findings != null) {
      writeAll(all, findings);
    }
    if (quiet || all.isEmpty()) {
      return;
    }
    List<Finding> shown = new ArrayList<>();
    all.stream().filter(each -> each.severity() != Severity.NOTE).forEach(shown::add);
    List<Finding> notes = all.stream().filter(each -> each.severity() == Severity.NOTE).toList();
    if (withNotes) {
      shown.addAll(notes);
    }
    for (Finding finding : shown.subList(0, Math.min(SHOWN, shown.size()))) {
      console.say("drydock: " + FindingReport.line(finding));
    }
    String hint = findings == null ? "; --findings FILE keeps all" : "";
    if (shown.size() > SHOWN) {
      console.say("drydock: " + (shown.size() - SHOWN) + " more findings" + hint);
    } else if (!withNotes && !notes.isEmpty()) {
      String count = notes.size() == 1 ? "1 note" : notes.size() + " notes";
      console.say("drydock: " + count + " on the evidence" + hint);
    }
  }

  private static void writeAll(List<Finding> all, Path file) throws IOException {
    try (Writer out = new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
      RowWriter writer = OutputFormat.JSONL.writer(out, new OutputFormat.Layout(true, true, false));
      Report.Rows<Finding> rows = Report.rows(FindingReport.REPORT.columns(), writer);
      for (Finding finding : all) {
        rows.add(finding);
      }
      writer.end();
    }
  }
}
