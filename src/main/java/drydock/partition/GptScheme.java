package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GUID partition tables, in sectors of 512 and 4096 bytes.
 *
 * <p>The first header counts; where it or its entries are bad, the one at the disk's end does, and
 * a finding says so. As the kernel, a table is passed over when sector 0 holds a sound MBR that
 * does not protect it: the disk was partitioned anew.
 */
public final class GptScheme implements PartitionScheme {
  public static final String NAME = "gpt";
  private static final int[] SECTOR_BYTES = {512, 4096};

  /** A header with its entries. */
  private record Table(GptHeader header, byte[] entries) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<PartitionTable> read(ByteSource disk, FindingLog log) throws IOException {
    Mbr mbr = Mbr.read(disk);
    for (int sectorBytes : SECTOR_BYTES) {
      boolean first = GptHeader.isAt(disk, 1, sectorBytes);
      boolean last = GptHeader.isAt(disk, lastSector(disk, sectorBytes), sectorBytes);
      if (!first && !last) {
        continue;
      }
      if (mbr.isTable() && !mbr.isProtective()) {
        String what =
            "remains of a GPT, passed over: sector 0 holds an MBR that does not protect it";
        log.add(Finding.note(disk.origin(), what));
        return Optional.empty();
      }
      Table table = choose(disk, sectorBytes, first, log);
      if (table != null) {
        if (!mbr.isProtective()) {
          log.add(Finding.damage(disk.origin(), 0, "the protective MBR of the GPT is missing"));
        }
        return Optional.of(tableOf(disk, table, log));
      }
    }
    if (mbr.isProtective()) {
      log.add(
          Finding.damage(
              disk.origin(), 0, "the MBR says that there is a GPT: no sound one was found"));
    }
    return Optional.empty();
  }

  private static long lastSector(ByteSource disk, int sectorBytes) {
    return disk.size() / sectorBytes - 1;
  }

  private static @Nullable Table choose(
      ByteSource disk, int sectorBytes, boolean firstIsThere, FindingLog log) throws IOException {
    Table first = tryRead(disk, 1, sectorBytes, firstIsThere, log);
    long last = lastSector(disk, sectorBytes);
    if (first == null) {
      Table backup = tryRead(disk, last, sectorBytes, true, log);
      if (backup != null) {
        log.add(
            Finding.damage(
                disk.origin(),
                sectorBytes,
                "the first GPT is bad: the backup at the disk's end is used"));
      }
      return backup;
    }
    long alternate = first.header.alternate();
    if (alternate < 0 || alternate > last) {
      log.add(
          Finding.damage(
              disk.origin(),
              disk.size(),
              "the disk is shorter than its GPT says: the backup is not there",
              (last + 1) + " sectors",
              Long.toUnsignedString(alternate + 1)));
      return first;
    }
    Table backup = tryRead(disk, alternate, sectorBytes, true, log);
    if (backup != null && !Arrays.equals(first.entries, backup.entries)) {
      log.add(
          Finding.damage(
              disk.origin(),
              alternate * sectorBytes,
              "the two GPTs tell different partitions: the first one is used"));
    }
    return first;
  }

  /** A table, if it is sound; what is wrong with it is a finding. */
  private static @Nullable Table tryRead(
      ByteSource disk, long sector, int sectorBytes, boolean report, FindingLog log)
      throws IOException {
    try {
      GptHeader header = GptHeader.read(disk, sector, sectorBytes);
      return new Table(header, header.readEntries(disk));
    } catch (CorruptDataException e) {
      if (report) {
        log.add(Finding.of(e));
      }
      return null;
    }
  }

  private static PartitionTable tableOf(ByteSource disk, Table table, FindingLog log)
      throws IOException {
    GptHeader header = table.header;
    PartitionList partitions = new PartitionList(disk, log);
    for (int i = 0; i < header.entries(); i++) {
      int at = i * header.entryBytes();
      Origin origin = disk.origin().child("gpt entry " + (i + 1));
      GptEntry entry =
          GptEntry.decode(Arrays.copyOfRange(table.entries, at, at + GptEntry.BYTES), origin);
      if (!entry.isUsed()) {
        continue;
      }
      long sectors = entry.last() - entry.first() + 1;
      if (entry.first() < 0
          || sectors <= 0
          || entry.last() > Long.MAX_VALUE / header.sectorBytes() - 1) {
        log.add(
            new Finding(
                Severity.DAMAGE,
                "partition " + (i + 1) + " has no sound range and is left out",
                origin,
                32L,
                "sectors "
                    + Long.toUnsignedString(entry.first())
                    + " to "
                    + Long.toUnsignedString(entry.last()),
                null));
        continue;
      }
      partitions.add(
          new Partition(
              i + 1,
              entry.first() * header.sectorBytes(),
              sectors * header.sectorBytes(),
              entry.type(),
              GptTypes.name(entry.type()),
              entry.id(),
              entry.name(),
              entry.attributes(),
              disk));
    }
    List<Partition> sorted = partitions.list();
    PartitionList.reportOverlaps(sorted, log);
    return new PartitionTable(NAME, header.diskId(), header.sectorBytes(), sorted);
  }
}
