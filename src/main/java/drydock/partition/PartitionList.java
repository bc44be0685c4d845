package drydock.partition;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects a table's partitions: cuts each one's bytes out of the disk, and tells which overlap or
 * leave it.
 */
final class PartitionList {
  private final ByteSource disk;
  private final FindingLog log;
  private final List<Partition> partitions = new ArrayList<>();

  PartitionList(ByteSource disk, FindingLog log) {
    this.disk = disk;
    this.log = log;
  }

  /** Adds a partition; its bytes are replaced by those of its range, as far as the disk goes. */
  void add(Partition partition) throws IOException {
    Origin origin = disk.origin().child("partition " + partition.number());
    long size = disk.size();
    long from = Math.min(partition.start(), size);
    long length = Math.min(partition.length(), size - from);
    if (length < partition.length()) {
      log.add(
          new Finding(
              Severity.DAMAGE,
              "the partition goes beyond the end of the disk",
              origin,
              null,
              "bytes " + partition.start() + " to " + (partition.start() + partition.length()),
              "a disk of " + size));
    }
    partitions.add(
        new Partition(
            partition.number(),
            partition.start(),
            partition.length(),
            partition.type(),
            partition.typeName(),
            partition.id(),
            partition.label(),
            partition.attributes(),
            disk.slice(origin, from, length)));
  }

  /** All of them by number. */
  List<Partition> list() {
    partitions.sort((a, b) -> Integer.compare(a.number(), b.number()));
    return List.copyOf(partitions);
  }

  private static int byStart(Partition a, Partition b) {
    int order = Long.compare(a.start(), b.start());
    return order != 0 ? order : Integer.compare(a.number(), b.number());
  }

  /**
   * Reports those that overlap; an extended partition, which holds others, is not given to this.
   */
  static void reportOverlaps(List<Partition> partitions, FindingLog log) {
    List<Partition> byStart = new ArrayList<>(partitions);
    byStart.sort(PartitionList::byStart);
    Partition farthest = null;
    for (Partition each : byStart) {
      if (farthest != null && each.start() < farthest.start() + farthest.length()) {
        log.add(
            new Finding(
                Severity.DAMAGE,
                "partitions " + farthest.number() + " and " + each.number() + " overlap",
                each.bytes().origin(),
                null,
                null,
                null));
      }
      if (farthest == null || each.start() + each.length() > farthest.start() + farthest.length()) {
        farthest = each;
      }
    }
  }
}
