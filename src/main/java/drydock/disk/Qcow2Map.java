package drydock.disk;

import drydock.finding.FindingLog;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A qcow2 file as it lies there, for {@code debug}: header, extensions, snapshots, and the map. */
public final class Qcow2Map implements Closeable {
  /**
   * How much of the disk lies in which way.
   *
   * @param l1Used how many L1 entries have a table
   * @param dataBytes as they are
   * @param compressedBytes of the disk
   * @param packedBytes that the compressed ones take in the file, padding among them
   * @param zeroBytes said to be zeros
   * @param unallocatedBytes not in this file
   */
  public record Statistics(
      long l1Used,
      long dataBytes,
      long compressedBytes,
      long packedBytes,
      long zeroBytes,
      long unallocatedBytes) {}

  /**
   * Where a byte of the disk lies.
   *
   * @param l2Table where the table lies in the file; 0 when there is none
   * @param extent the run that holds the byte
   */
  public record Location(long l1Index, long l2Table, long l2Index, Qcow2Extent extent) {}

  private final FileSource file;
  private final Qcow2Image image;
  private final Qcow2Tables tables;

  private Qcow2Map(FileSource file, Qcow2Image image) {
    this.file = file;
    this.image = image;
    this.tables = new Qcow2Tables(file, image.header());
  }

  /** Opens one file; its backing file is not looked at. */
  public static Qcow2Map open(Path path, FindingLog log) throws IOException {
    EvidenceFile.disk(path);
    FileSource file = FileSource.open(path, Qcow2Format.container(EvidenceFile.origin(path)));
    try {
      Qcow2Image image = Qcow2Image.read(file, log);
      new Qcow2Check(image, log).report(image.snapshots().size());
      return new Qcow2Map(file, image);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  public long fileSize() {
    return file.size();
  }

  public Qcow2Header header() {
    return image.header();
  }

  public List<Qcow2Extension> extensions() {
    return image.extensions();
  }

  public List<Qcow2Snapshot> snapshots() {
    return image.snapshots();
  }

  /** The backing file's name as stored; empty when there is none. */
  public String backingName() throws IOException {
    return header().backingNameOffset() == 0 ? "" : image.backingName();
  }

  /** Is shown one run of the disk after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Qcow2Extent run) throws IOException;
  }

  /** Every run of the disk in order, as few as there are; the first damage ends it. */
  public void extents(Visitor visitor) throws IOException {
    Qcow2Extent pending = null;
    for (long at = 0; at < header().size(); ) {
      Qcow2Extent next = tables.at(at, Long.MAX_VALUE);
      at = next.end();
      if (pending != null && pending.joins(next)) {
        pending = pending.join(next);
      } else {
        if (pending != null) {
          visitor.visit(pending);
        }
        pending = next;
      }
    }
    if (pending != null) {
      visitor.visit(pending);
    }
  }

  /** Adds up the whole map; reads every L2 table. */
  public Statistics statistics() throws IOException {
    long[] sums = new long[Qcow2Extent.Kind.values().length + 1];
    extents(
        run -> {
          sums[run.kind().ordinal()] += run.length();
          if (run.kind() == Qcow2Extent.Kind.COMPRESSED) {
            sums[sums.length - 1] += run.hostLength();
          }
        });
    long used = 0;
    long entries = Math.min(header().l1Entries(), header().neededL1Entries());
    for (long index = 0; index < entries; index++) {
      used += tables.l2Table(index) == 0 ? 0 : 1;
    }
    return new Statistics(
        used,
        sums[Qcow2Extent.Kind.DATA.ordinal()],
        sums[Qcow2Extent.Kind.COMPRESSED.ordinal()],
        sums[sums.length - 1],
        sums[Qcow2Extent.Kind.ZERO.ordinal()],
        sums[Qcow2Extent.Kind.UNALLOCATED.ordinal()]);
  }

  /** Where the byte at a position of the disk lies. */
  public Location locate(long position) throws IOException {
    if (position < 0 || position >= header().size()) {
      throw new EOFException(
          file.origin()
              + ": the disk has no byte "
              + position
              + " ("
              + header().size()
              + " bytes)");
    }
    long l1Index = position >>> (header().clusterBits() + header().l2Bits());
    long l2Index = (position >>> header().clusterBits()) & ((1L << header().l2Bits()) - 1);
    return new Location(l1Index, tables.l2Table(l1Index), l2Index, tables.single(position));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
