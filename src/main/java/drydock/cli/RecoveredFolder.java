package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.bytes.ByteSource;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.report.Column;
import drydock.report.DeletedFileReport;
import drydock.report.DeletedFileRow;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.RowWriter;
import drydock.report.Value;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A directory of the examiner that recovered files go to, under names of our own, beside a manifest
 * of all that was written. Nothing that is there is written over.
 */
final class RecoveredFolder implements Closeable {
  static final String MANIFEST = "manifest.jsonl";

  /** What ext4 can hold in a file of blocks of 4 KiB; nothing larger is believed. */
  private static final long MOST_BYTES = 1L << 44;

  private static final byte[] ZEROS = new byte[1 << 16];

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
    if (content.size() > MOST_BYTES) {
      String what = "not written: " + content.size() + " bytes are more than ext4 holds in a file";
      log.add(Finding.missing(row.file().node().origin(), what));
      return row;
    }
    Path file = folder.resolve(name);
    MessageDigest digest = HashAlgorithm.SHA256.start();
    long holes;
    try (SparseFile out = SparseFile.create(file)) {
      holes = copy(row, content, out, digest);
    }
    if (holes < 0) {
      Files.delete(file);
      return row;
    }
    Map<String, String> about = new HashMap<>(Map.of("file", name));
    if (holes <= Hashes.MOST_HOLES) {
      about.put("sha256", HexFormat.of().formatHex(digest.digest()));
    } else {
      String what = name + ": " + Hashes.notHashed(content.size());
      log.add(Finding.missing(row.file().node().origin(), what));
    }
    DeletedFileRow written = row.with(about);
    manifest.add(written);
    return written;
  }

  /** Gives how many bytes of holes there are, which are hashed up to a bound; -1 when it failed. */
  private long copy(DeletedFileRow row, ByteSource content, SparseFile out, MessageDigest digest)
      throws IOException {
    ContentCopy copy = new ContentCopy(content);
    long holes = 0;
    while (!copy.isDone()) {
      long hole = copy.pass();
      if (hole > 0) {
        holes += hole;
        out.hole(hole);
        zeros(digest, holes > Hashes.MOST_HOLES ? 0 : hole);
        continue;
      }
      try {
        copy.read();
      } catch (IOException e) {
        log.add(e, row.file().node().origin());
        return -1;
      }
      copy.write(out, digest);
    }
    out.finish();
    return holes;
  }

  private static void zeros(MessageDigest digest, long count) {
    for (long left = count; left > 0; left -= ZEROS.length) {
      digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  @Override
  public void close() throws IOException {
    writer.end();
    text.close();
  }
}
