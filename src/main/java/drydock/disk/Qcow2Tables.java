package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.CachedSource;
import drydock.bytes.CorruptDataException;
import drydock.disk.Qcow2Extent.Kind;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Knows where each byte of the disk lies in a qcow2 file. Reads those pages of the L1 and L2 tables
 * that are asked for and keeps the last ones. Safe from many threads.
 */
final class Qcow2Tables {
  private static final int PAGE = 4096;

  /** A page of L2 entries stands for 32 MiB at the usual cluster size. */
  private static final int MAX_PAGES = 256;

  /** Bounds the work of one question; an extent need not be the longest possible. */
  private static final int MAX_JOINED = 4096;

  private static final long OFFSET_MASK = 0x00ff_ffff_ffff_fe00L;
  private static final long COMPRESSED_BIT = 1L << 62;
  private static final long ZERO_BIT = 1;
  private static final int SUBCLUSTERS = 32;
  private static final int SECTOR = 512;

  private final ByteSource file;
  private final ByteSource pages;
  private final Qcow2Header header;

  Qcow2Tables(ByteSource file, Qcow2Header header) {
    this.file = file;
    this.pages = new CachedSource(file, PAGE, MAX_PAGES);
    this.header = header;
  }

  /**
   * The run that starts at {@code position}, {@code most} bytes at most, cut to the disk's size.
   *
   * @throws CorruptDataException when the tables do not say where the first byte is
   */
  Qcow2Extent at(long position, long most) throws IOException {
    long limit = Math.min(most, header.size() - position);
    Qcow2Extent run = single(position).cut(position, limit);
    for (int joined = 0; joined < MAX_JOINED && run.length() < limit; joined++) {
      Qcow2Extent next = nextOf(run);
      if (next == null || !run.joins(next)) {
        break;
      }
      run = run.join(next.cut(next.start(), limit - run.length()));
    }
    return run;
  }

  /** What follows; null where the tables are damaged: whoever comes there gets the exception. */
  private @Nullable Qcow2Extent nextOf(Qcow2Extent run) throws IOException {
    try {
      return single(run.end());
    } catch (CorruptDataException e) {
      return null;
    }
  }

  /** The piece of one table entry that holds a position; may begin before it. */
  Qcow2Extent single(long position) throws IOException {
    long l1Index = position >>> (header.clusterBits() + header.l2Bits());
    long table = l2Table(l1Index);
    if (table == 0) {
      long start = l1Index * header.bytesPerL1Entry();
      long length = Math.min(header.bytesPerL1Entry(), header.size() - start);
      return new Qcow2Extent(Kind.UNALLOCATED, start, length, 0, 0);
    }
    long l2Index = (position >>> header.clusterBits()) & ((1L << header.l2Bits()) - 1);
    long place = table + l2Index * header.l2EntryBytes();
    long entry = entry("L2", place);
    long cluster = position & -header.clusterBytes();
    if ((entry & COMPRESSED_BIT) != 0) {
      return compressed(entry, cluster, place);
    }
    long host = hostCluster(entry, place);
    if (header.extendedL2()) {
      return subclusters(host, entry("L2", place + 8), position, place);
    }
    if ((entry & ZERO_BIT) != 0) {
      if (header.version() < 3) {
        throw corrupt(place, "a zero cluster in a file of version 2", hex(entry), null);
      }
      return new Qcow2Extent(Kind.ZERO, cluster, header.clusterBytes(), 0, 0);
    }
    return host == 0
        ? new Qcow2Extent(Kind.UNALLOCATED, cluster, header.clusterBytes(), 0, 0)
        : new Qcow2Extent(Kind.DATA, cluster, header.clusterBytes(), host, header.clusterBytes());
  }

  /** Where the L2 table of an L1 entry lies; 0 when there is none. */
  long l2Table(long l1Index) throws IOException {
    if (l1Index >= header.l1Entries()) {
      String found = header.l1Entries() + " entries";
      throw corrupt(
          header.l1Offset(),
          "the L1 table is too short for the disk",
          found,
          "more than " + l1Index);
    }
    long place = header.l1Offset() + 8 * l1Index;
    return hostCluster(entry("L1", place), place);
  }

  private long hostCluster(long entry, long place) throws CorruptDataException {
    long host = entry & OFFSET_MASK;
    if ((host & (header.clusterBytes() - 1)) != 0) {
      throw corrupt(place, "a table entry points into the middle of a cluster", hex(entry), null);
    }
    return host;
  }

  private Qcow2Extent compressed(long entry, long cluster, long place) throws CorruptDataException {
    int offsetBits = 62 - (header.clusterBits() - 8);
    long host = entry & ((1L << offsetBits) - 1);
    long moreSectors = (entry & (COMPRESSED_BIT - 1)) >>> offsetBits;
    long length = (moreSectors + 1) * SECTOR - (host & (SECTOR - 1));
    if (host >= file.size()) {
      throw corrupt(
          place, "a compressed cluster lies beyond the end of the file", hex(entry), null);
    }
    // the last sector is counted whole, and the file may end inside it
    return new Qcow2Extent(
        Kind.COMPRESSED,
        cluster,
        header.clusterBytes(),
        host,
        Math.min(length, file.size() - host));
  }

  /** The run of subclusters of one kind in a cluster that holds a position. */
  private Qcow2Extent subclusters(long host, long bitmaps, long position, long place)
      throws CorruptDataException {
    int allocated = (int) bitmaps;
    int zeros = (int) (bitmaps >>> 32);
    if ((allocated & zeros) != 0 || (host == 0 && allocated != 0)) {
      throw corrupt(place + 8, "subclusters that contradict each other", hex(bitmaps), null);
    }
    int bytes = header.clusterBytes() / SUBCLUSTERS;
    int index = (int) ((position & (header.clusterBytes() - 1)) / bytes);
    int first = index;
    while (first > 0 && sameKind(allocated, zeros, first - 1, index)) {
      first--;
    }
    int end = index + 1;
    while (end < SUBCLUSTERS && sameKind(allocated, zeros, end, index)) {
      end++;
    }
    long start = (position & -header.clusterBytes()) + (long) first * bytes;
    long length = (long) (end - first) * bytes;
    if ((allocated >>> index & 1) != 0) {
      return new Qcow2Extent(Kind.DATA, start, length, host + (long) first * bytes, length);
    }
    Kind kind = (zeros >>> index & 1) != 0 ? Kind.ZERO : Kind.UNALLOCATED;
    return new Qcow2Extent(kind, start, length, 0, 0);
  }

  private static boolean sameKind(int allocated, int zeros, int one, int other) {
    return (allocated >>> one & 1) == (allocated >>> other & 1)
        && (zeros >>> one & 1) == (zeros >>> other & 1);
  }

  private long entry(String table, long place) throws IOException {
    if (place < 0 || place > file.size() - 8) {
      String found = "end at " + file.size();
      throw corrupt(
          place, "the file is cut off before this entry of an " + table + " table", found, null);
    }
    return BigEndian.i64(pages.bytes(place, 8), 0);
  }

  private CorruptDataException corrupt(
      long place, String what, @Nullable String found, @Nullable String expected) {
    return new CorruptDataException(file.origin(), place, what, found, expected);
  }

  private static String hex(long value) {
    return String.format(Locale.ROOT, "0x%016x", value);
  }
}
