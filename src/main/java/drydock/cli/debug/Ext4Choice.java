package drydock.cli.debug;

import drydock.bytes.ByteSource;
import drydock.evidence.Evidence;
import drydock.evidence.OpenedDisk;
import drydock.evidence.OpenedPartition;
import drydock.finding.FindingLog;
import drydock.fs.ext4.Ext4Format;
import drydock.fs.ext4.Ext4Tree;
import drydock.partition.Partition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/**
 * The ext file system that is meant: of the partition that was named, else the only one of the
 * first disk.
 *
 * @param partition null when none was named
 */
record Ext4Choice(Evidence evidence, @Nullable Integer partition) {

  Ext4Tree tree(boolean applyJournal, FindingLog log, Function<String, ParameterException> usage)
      throws IOException {
    return Ext4Format.openTree(bytes(usage), evidence.openOptions(applyJournal), log);
  }

  /** Where the partition begins, in bytes from the disk's start. */
  long start(Function<String, ParameterException> usage) throws IOException {
    return partition(usage).start();
  }

  private ByteSource bytes(Function<String, ParameterException> usage) throws IOException {
    return partition(usage).bytes();
  }

  private Partition partition(Function<String, ParameterException> usage) throws IOException {
    if (evidence.disks().isEmpty()) {
      throw usage.apply("a directory has no ext4 of its own to show; name a disk");
    }
    OpenedDisk disk = evidence.disks().get(0);
    List<OpenedPartition> found = new ArrayList<>();
    for (OpenedPartition each : disk.partitions()) {
      boolean named = partition != null && partition == each.partition().number();
      if (named || (partition == null && new Ext4Format().recognises(each.partition().bytes()))) {
        found.add(each);
      }
    }
    if (found.size() != 1) {
      String numbers =
          found.stream()
              .map(each -> String.valueOf(each.partition().number()))
              .collect(Collectors.joining(", "));
      throw usage.apply(
          partition != null
              ? "the disk has no partition " + partition + "; 'drydock info' lists them"
              : found.isEmpty()
                  ? "no partition holds ext4; 'drydock info' tells what they hold"
                  : "several partitions hold ext4; choose one with --partition: " + numbers);
    }
    return found.get(0).partition();
  }
}
