package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.report.Column;
import drydock.report.DeletedFileReport;
import drydock.report.DeletedFileRow;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.RowWriter;
import drydock.report.Value;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * A directory of the examiner that recovered files go to, under names of our own, beside a manifest
 * of all that was written. Nothing that is there is written over.
 */
final class RecoveredFolder implements Closeable {
  static final String MANIFEST = "manifest.jsonl";

  /** The report with the columns of what was written. */
  static final Report<DeletedFileRow> REPORT =
      DeletedFileReport.REPORT
          .with(Column.of("file", f -> Value.of(f.hashes().get("file"))), true)
          .with(Column.of("sha256", f -> Value.of(f.hashes().get("sha256"))), false);

  private final Path folder;
  private final FindingLog log;
  private final Writer text;
  private final RowWriter writer;
  private final Report.Rows<DeletedFileRow> manifest;

  private RecoveredFolder(Path folder, FindingLog log, Writer text) throws IOException {
    this.folder = folder;
    this.log = log;
    this.text = text;
    this.writer = OutputFormat.JSONL.writer(text, new OutputFormat.Layout(true, true, false));
    this.manifest = Report.rows(REPORT.columns(), writer);
  }

  static RecoveredFolder create(Path folder, FindingLog log) throws IOException {
    Files.createDirectories(folder);
    Path manifest = folder.resolve(MANIFEST);
    return new RecoveredFolder(
        folder, log, Files.newBufferedWriter(manifest, UTF_8, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Writes a file's content and its line of the manifest, and gives the row with what was written.
   * What cannot be read is a finding, and no file is left of it.
   */
  DeletedFileRow add(DeletedFileRow row, String name, ByteSource content) throws IOException {
    Path file = folder.resolve(name);
    MessageDigest digest = HashAlgorithm.SHA256.start();
    OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    boolean isWhole;
    try (OutputStream hashed = new DigestOutputStream(out, digest)) {
      isWhole = copy(row, content, hashed);
    }
    if (!isWhole) {
      Files.delete(file);
      return row;
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    DeletedFileRow written = row.with(Map.of("file", name, "sha256", sha256));
    manifest.add(written);
    return written;
  }

  private boolean copy(DeletedFileRow row, ByteSource content, OutputStream out)
      throws IOException {
    ContentCopy copy = new ContentCopy(content);
    while (!copy.isDone()) {
      try {
        copy.read();
      } catch (IOException e) {
        log.add(e, row.file().node().origin());
        return false;
      }
      copy.write(out);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    writer.end();
    text.close();
  }
}
