package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * What can be told cheaply of a qcow2 file's state when it is opened: its flags, and whether it is
 * shorter than its tables say. Reads the L1 table's first MiB and two pieces of the refcounts.
 */
final class Qcow2Check {
  private static final int PIECE = 64 << 10;
  private static final int MAX_L1_READ = 1 << 20;
  private static final long OFFSET_MASK = 0x00ff_ffff_ffff_fe00L;

  private final ByteSource file;
  private final Qcow2Header header;
  private final FindingLog log;

  Qcow2Check(Qcow2Image image, FindingLog log) {
    this.file = image.file();
    this.header = image.header();
    this.log = log;
  }

  void report(int snapshots) throws IOException {
    Origin origin = file.origin();
    if (header.has(Qcow2Header.DIRTY)) {
      log.add(
          Finding.note(
              origin, "marked as in use: refcounts may be stale, which reading does not need"));
    }
    if (header.has(Qcow2Header.CORRUPT)) {
      log.add(Finding.damage(origin, 72, "marked as corrupt by the program that wrote it"));
    }
    if (snapshots > 0) {
      log.add(
          Finding.note(
              origin,
              "holds "
                  + snapshots
                  + " internal snapshots, which are not read: this is the active state"));
    }
    if (header.l1Entries() < header.neededL1Entries()) {
      log.add(
          Finding.damage(
              origin,
              36,
              "the L1 table is too short for the disk",
              header.l1Entries() + " entries",
              header.neededL1Entries() + ""));
    }
    long needed = needed();
    if (needed > file.size()) {
      log.add(
          Finding.damage(
              origin,
              file.size(),
              "the file is cut off: its tables name bytes beyond its end",
              file.size() + " bytes",
              "at least " + needed));
    }
  }

  /** The least size that the tables allow. */
  private long needed() throws IOException {
    long l1End = header.l1Offset() + 8L * Math.min(header.l1Entries(), header.neededL1Entries());
    long needed = Math.max(l1End, lastL2Table());
    return Math.max(needed, lastUsedCluster());
  }

  private long lastL2Table() throws IOException {
    long bytes = Math.min(8L * header.l1Entries(), MAX_L1_READ);
    bytes = Math.min(bytes, file.size() - header.l1Offset()) & -8L;
    long last = 0;
    for (long done = 0; done < bytes; done += PIECE) {
      byte[] piece = file.bytes(header.l1Offset() + done, (int) Math.min(PIECE, bytes - done));
      for (int at = 0; at < piece.length; at += 8) {
        long table = BigEndian.i64(piece, at) & OFFSET_MASK;
        last = Math.max(last, table == 0 ? 0 : table + header.clusterBytes());
      }
    }
    return last;
  }

  /**
   * One byte more than the start of the last cluster that has a refcount; a file may end inside a
   * cluster.
   */
  private long lastUsedCluster() throws IOException {
    long tableBytes = (long) header.refcountTableClusters() << header.clusterBits();
    tableBytes = Math.min(tableBytes, file.size() - header.refcountTableOffset()) & -8L;
    long entry = lastNonZero(header.refcountTableOffset(), tableBytes) / 8;
    if (entry < 0 || tableBytes <= 0) {
      return 0;
    }
    long block =
        BigEndian.i64(file.bytes(header.refcountTableOffset() + entry * 8, 8), 0) & OFFSET_MASK;
    if (block > file.size() - header.clusterBytes()) {
      return block + 1;
    }
    long byteInBlock = lastNonZero(block, header.clusterBytes());
    if (byteInBlock < 0) {
      return 0;
    }
    long perBlock = 8L * header.clusterBytes() / header.refcountBits();
    long cluster = entry * perBlock + byteInBlock * 8 / header.refcountBits();
    return cluster > Long.MAX_VALUE >> header.clusterBits()
        ? 0
        : (cluster << header.clusterBits()) + 1;
  }

  /** The index of the last byte that is not zero; negative when all are. */
  private long lastNonZero(long from, long length) throws IOException {
    for (long end = length; end > 0; end -= PIECE) {
      long start = Math.max(0, end - PIECE);
      byte[] piece = file.bytes(from + start, (int) (end - start));
      for (int at = piece.length - 1; at >= 0; at--) {
        if (piece[at] != 0) {
          return start + at;
        }
      }
    }
    return -8;
  }
}
