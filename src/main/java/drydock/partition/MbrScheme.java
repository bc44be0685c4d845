package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Partition tables in the master boot record, in sectors of 512 bytes: four primary partitions, and
 * in an extended one a chain of logical ones, which are numbered from 5 on as the kernel does.
 */
public final class MbrScheme implements PartitionScheme {
  public static final String NAME = "mbr";
  private static final int FIRST_LOGICAL = 5;
  private static final int MAX_LOGICAL = 256;
  private static final int SECTOR = Mbr.SECTOR;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<PartitionTable> read(ByteSource disk, FindingLog log) throws IOException {
    Mbr mbr = Mbr.read(disk);
    if (!mbr.isTable() || mbr.isProtective()) {
      return Optional.empty();
    }
    PartitionList partitions = new PartitionList(disk, log);
    Set<Integer> containers = new HashSet<>();
    int next = FIRST_LOGICAL;
    for (int i = 0; i < mbr.records().size(); i++) {
      Mbr.Record record = mbr.records().get(i);
      if (!record.isUsed()) {
        continue;
      }
      partitions.add(partition(disk, mbr, i + 1, record, record.first()));
      if (MbrTypes.isExtended(record.type())) {
        containers.add(i + 1);
        next = logical(disk, mbr, record, next, partitions, log);
      }
    }
    List<Partition> sorted = partitions.list();
    List<Partition> plain = new ArrayList<>(sorted);
    plain.removeIf(partition -> containers.contains(partition.number()));
    PartitionList.reportOverlaps(plain, log);
    return Optional.of(new PartitionTable(NAME, hex(mbr.diskId()), SECTOR, sorted));
  }

  /** Follows the chain of one extended partition; gives the next free number. */
  private static int logical(
      ByteSource disk,
      Mbr mbr,
      Mbr.Record extended,
      int number,
      PartitionList partitions,
      FindingLog log)
      throws IOException {
    Set<Long> seen = new HashSet<>();
    long at = extended.first();
    int next = number;
    while (true) {
      Origin origin = disk.origin().child("extended boot record in sector " + at);
      if (!seen.add(at) || seen.size() > MAX_LOGICAL) {
        log.add(Finding.damage(origin, 0, "the chain of logical partitions runs in a circle"));
        return next;
      }
      if (at > disk.size() / SECTOR - 1) {
        log.add(Finding.damage(origin, 0, "the chain of logical partitions leaves the disk"));
        return next;
      }
      Mbr link = Mbr.decode(disk.bytes(at * SECTOR, SECTOR), origin);
      if (!link.signed()) {
        log.add(
            Finding.damage(
                origin, 510, "an extended boot record without its signature ends the chain"));
        return next;
      }
      long onward = -1;
      for (Mbr.Record record : link.records()) {
        if (record.isUsed() && !MbrTypes.isExtended(record.type())) {
          partitions.add(partition(disk, mbr, next++, record, at + record.first()));
        } else if (record.isUsed() && onward < 0) {
          onward = extended.first() + record.first();
        }
      }
      if (onward < 0) {
        return next;
      }
      at = onward;
    }
  }

  private static Partition partition(
      ByteSource disk, Mbr mbr, int number, Mbr.Record record, long first) {
    return new Partition(
        number,
        first * SECTOR,
        record.sectors() * SECTOR,
        "0x" + HexFormat.of().toHexDigits((byte) record.type()),
        MbrTypes.name(record.type()),
        hex(mbr.diskId()) + (number < 0x10 ? "-0" : "-") + Integer.toHexString(number),
        null,
        record.isActive() ? Partition.MBR_ACTIVE : 0,
        disk);
  }

  private static String hex(long signature) {
    return HexFormat.of().toHexDigits((int) signature);
  }
}
