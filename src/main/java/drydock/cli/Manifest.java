package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.export.Exported;
import drydock.export.PartialFile;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.OrderedWork;
import drydock.fs.TreePath;
import drydock.report.Cell;
import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.FileRow;
import drydock.report.FindingReport;
import drydock.report.ManifestReport;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.RowWriter;
import drydock.report.Value;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an export tells of itself, JSON lines: a header, a line for each file in the order of the
 * target, the findings, and a last line that counts them. For one thread.
 */
final class Manifest implements Closeable {
  private static final OutputFormat.Layout LAYOUT = new OutputFormat.Layout(true, true, false);
  private static final OrderedWork.Size BATCHES = new OrderedWork.Size(64, 4096, 32);

  private static final int LINE_CHARS = 1 << 10;

  private final PartialFile file;
  private final Writer text;
  private final OrderedWork<Line, CharSequence> work;
  private final boolean layered;
  private final FindingLog log;
  private long names;
  private long notWhole;
  private long bytes;

  /** A line to be: what became of a file, or why nothing did. */
  private record Line(@Nullable Exported done, ManifestReport.@Nullable Unreadable unreadable) {}

  private Manifest(PartialFile file, boolean layered, int threads, FindingLog log) {
    this.file = file;
    this.layered = layered;
    this.log = log;
    this.text = new BufferedWriter(new OutputStreamWriter(file.out(), UTF_8), 1 << 16);
    this.work = new OrderedWork<>(threads, BATCHES, (lines, running) -> rows(lines), text::append);
  }

  static Manifest begin(Path path, Dossier header, boolean layered, int threads, FindingLog log)
      throws IOException {
    Manifest manifest = new Manifest(PartialFile.create(path), layered, threads, log);
    header.write(OutputFormat.JSONL, LAYOUT, manifest.text);
    return manifest;
  }

  void add(Exported done) throws IOException {
    names++;
    bytes +=
        done.written() && done.file().linkOf() == null && done.meta().isFile()
            ? done.meta().size()
            : 0;
    notWhole += done.notKept().isEmpty() && done.unread().isEmpty() ? 0 : 1;
    work.add(new Line(done, null), 1 + done.pieces().size());
  }

  void addUnreadable(TreePath path, String why) throws IOException {
    notWhole++;
    work.add(new Line(null, new ManifestReport.Unreadable(path, why)), 1);
  }

  /** How many files are not, or not whole, in the target. */
  long notWhole() {
    return notWhole;
  }

  private CharSequence rows(List<Line> lines) throws IOException {
    StringWriter out = new StringWriter(lines.size() * LINE_CHARS);
    RowWriter files = OutputFormat.JSONL.writer(out, LAYOUT);
    files.begin(Report.headings(ManifestReport.REPORT.columns()));
    RowWriter unreadables = OutputFormat.JSONL.writer(out, LAYOUT);
    unreadables.begin(Report.headings(ManifestReport.UNREADABLE.columns()));
    for (Line line : lines) {
      if (line.done != null) {
        files.row(Report.values(ManifestReport.REPORT.columns(), row(line.done)));
      } else if (line.unreadable != null) {
        List<Column<ManifestReport.Unreadable>> columns = ManifestReport.UNREADABLE.columns();
        List<Cell> cells = Report.values(columns, line.unreadable);
        unreadables.row(cells);
      }
    }
    return out.getBuffer();
  }

  private ManifestReport.Row row(Exported done) {
    FileRow file = new FileRow(done.path(), done.node(), done.meta(), null, null, Map.of(), log);
    return new ManifestReport.Row(done, file, layered);
  }

  /** Writes what is left and gives the file its name. */
  void finish() throws IOException {
    work.drain();
    List<Finding> findings = log.list();
    RowWriter writer = OutputFormat.JSONL.writer(text, LAYOUT);
    Report<Finding> report = FindingReport.REPORT;
    List<Column<Finding>> columns = new java.util.ArrayList<>(report.columns());
    columns.add(0, Column.of("record", f -> Value.of("finding")));
    Report.Rows<Finding> rows = Report.rows(columns, writer);
    for (Finding finding : findings) {
      rows.add(finding);
    }
    long losses = findings.stream().filter(each -> each.severity() != Severity.NOTE).count();
    new Dossier()
        .add("record", Value.of("end"))
        .add("files", Value.of(names))
        .add("bytes", Value.of(bytes))
        .add("not_whole", Value.of(notWhole))
        .add("findings", Value.of((long) findings.size()))
        .add("losses", Value.of(losses))
        .write(OutputFormat.JSONL, LAYOUT, text);
    text.flush();
    file.finish();
  }

  /** Takes the finished file away again. */
  void undo() throws IOException {
    file.undo();
  }

  @Override
  public void close() throws IOException {
    work.close();
    file.close();
  }
}
