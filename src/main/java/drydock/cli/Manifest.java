package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.bytes.ByteText;
import drydock.export.Exported;
import drydock.export.PartialFile;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.OrderedWork;
import drydock.fs.TreePath;
import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.FindingReport;
import drydock.report.JsonLines;
import drydock.report.ManifestReport;
import drydock.report.OutputFormat;
import drydock.report.Value;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What an export tells of itself, JSON lines: a header, a line for each file in the order of the
 * target, the findings, and a last line that counts them. For one thread.
 */
final class Manifest implements Closeable {
  private static final OutputFormat.Layout LAYOUT = new OutputFormat.Layout(true, true, false);
  private static final OrderedWork.Size BATCHES = new OrderedWork.Size(64, 4096, 8);

  private static final int LINE_BYTES = 1 << 10;

  /** Texts of no more are used again. */
  private static final int USUAL_BYTES = 1 << 18;

  private final PartialFile file;
  private final OrderedWork<Line, ByteText> work;
  private final JsonLines<ManifestReport.Row> files;
  private final JsonLines<ManifestReport.Unreadable> unreadables;
  private final Queue<ByteText> spare = new ConcurrentLinkedQueue<>();
  private final boolean layered;
  private final FindingLog log;
  private long names;
  private long notWhole;
  private long bytes;

  /** A line to be: what became of a file, or why nothing did. */
  private record Line(@Nullable Exported done, ManifestReport.@Nullable Unreadable unreadable) {}

  private Manifest(PartialFile file, boolean layered, int threads, FindingLog log)
      throws IOException {
    this.file = file;
    this.layered = layered;
    this.log = log;
    this.files = new JsonLines<>(ManifestReport.REPORT.columns());
    this.unreadables = new JsonLines<>(ManifestReport.UNREADABLE.columns());
    this.work = new OrderedWork<>(threads, BATCHES, (lines, running) -> rows(lines), this::write);
  }

  static Manifest begin(Path path, Dossier header, boolean layered, int threads, FindingLog log)
      throws IOException {
    Manifest manifest = new Manifest(PartialFile.create(path), layered, threads, log);
    manifest.write(header);
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

  private ByteText rows(List<Line> lines) throws IOException {
    ByteText known = spare.poll();
    ByteText text = known == null ? new ByteText(BATCHES.items() * LINE_BYTES) : known;
    for (Line line : lines) {
      if (line.done != null) {
        files.append(ManifestReport.Row.of(line.done, layered, log), text);
      } else if (line.unreadable != null) {
        unreadables.append(line.unreadable, text);
      }
    }
    return text;
  }

  /** Writes what is left and gives the file its name. */
  void finish() throws IOException {
    work.drain();
    List<Finding> findings = log.list();
    List<Column<Finding>> columns = new ArrayList<>(FindingReport.REPORT.columns());
    columns.add(0, Column.of("record", f -> Value.of("finding")));
    JsonLines<Finding> rows = new JsonLines<>(columns);
    for (Finding finding : findings) {
      ByteText text = new ByteText(LINE_BYTES);
      rows.append(finding, text);
      write(text);
    }
    long losses = findings.stream().filter(each -> each.severity() != Severity.NOTE).count();
    Dossier end =
        new Dossier()
            .add("record", Value.of("end"))
            .add("files", Value.of(names))
            .add("bytes", Value.of(bytes))
            .add("not_whole", Value.of(notWhole))
            .add("findings", Value.of((long) findings.size()))
            .add("losses", Value.of(losses));
    write(end);
    file.finish();
  }

  private void write(Dossier dossier) throws IOException {
    StringWriter text = new StringWriter();
    dossier.write(OutputFormat.JSONL, LAYOUT, text);
    file.out().write(text.toString().getBytes(UTF_8));
  }

  private void write(ByteText text) throws IOException {
    ByteBuffer bytes = text.shared();
    file.out().write(bytes.array(), 0, bytes.limit());
    if (bytes.limit() <= USUAL_BYTES) {
      text.cut(0);
      spare.add(text);
    }
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
