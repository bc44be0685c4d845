package drydock.evidence;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.disk.DiskFormat;
import drydock.disk.ForeignFormat;
import drydock.disk.OpenDisk;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import drydock.partition.Partition;
import drydock.partition.PartitionScheme;
import drydock.partition.PartitionTable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An evidence file, opened, with its partitions. */
public final class OpenedDisk implements Closeable {
  private static final int SECTOR = 512;

  private final Path path;
  private final OpenDisk disk;
  private final PartitionTable table;
  private final List<OpenedPartition> partitions;

  private OpenedDisk(
      Path path, OpenDisk disk, PartitionTable table, List<OpenedPartition> partitions) {
    this.path = path;
    this.disk = disk;
    this.table = table;
    this.partitions = partitions;
  }

  /**
   * Opens a file in the first format that recognises it; {@code offset} takes the table's place.
   */
  static OpenedDisk open(Path path, @Nullable Long offset, OpenOptions options, FindingLog log)
      throws IOException {
    OpenDisk disk = format(path, offset != null).open(path, log);
    try {
      PartitionTable table =
          offset == null ? table(disk.bytes(), log) : bareAt(disk.bytes(), offset);
      List<OpenedPartition> partitions =
          table.partitions().stream().map(p -> new OpenedPartition(p, options, log)).toList();
      return new OpenedDisk(path, disk, table, partitions);
    } catch (IOException e) {
      disk.close();
      throw e;
    }
  }

  /** {@code bare}: whoever says where a file system starts in a file may know it better. */
  private static DiskFormat format(Path path, boolean bare) throws IOException {
    List<DiskFormat> formats = Formats.disks();
    for (DiskFormat format : formats) {
      boolean passed = bare && format instanceof ForeignFormat;
      if (!passed && format.recognises(path)) {
        return format;
      }
    }
    return formats.get(formats.size() - 1); // says itself why it cannot open it
  }

  private static PartitionTable table(ByteSource disk, FindingLog log) throws IOException {
    for (PartitionScheme scheme : Formats.partitions()) {
      Optional<PartitionTable> table = scheme.read(disk, log);
      if (table.isPresent()) {
        return table.get();
      }
    }
    throw new UnsupportedFormatException(disk.origin(), "has no partition table of a known kind");
  }

  private static PartitionTable bareAt(ByteSource disk, long offset) throws IOException {
    if (offset < 0 || offset >= disk.size()) {
      throw new CorruptDataException(
          disk.origin(),
          0,
          "the disk ends before the offset that was given",
          disk.size() + " bytes",
          "more than " + offset);
    }
    long length = disk.size() - offset;
    ByteSource bytes = disk.slice("offset " + offset, offset, length);
    Partition bare = new Partition(0, offset, length, null, null, null, null, 0, bytes);
    return new PartitionTable("none", null, SECTOR, List.of(bare));
  }

  public Path path() {
    return path;
  }

  public String format() {
    return disk.format();
  }

  public long size() {
    return disk.bytes().size();
  }

  /** The disk as its guest saw it. */
  public ByteSource bytes() {
    return disk.bytes();
  }

  /** What the disk's format says of itself. */
  public Map<String, String> details() {
    return disk.details();
  }

  public PartitionTable table() {
    return table;
  }

  public List<OpenedPartition> partitions() {
    return partitions;
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
