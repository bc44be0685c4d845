package drydock.evidence;

import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.partition.LostFileSystems;
import drydock.partition.WholeDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Says why nothing on the disks can be read, in one line, and what to try. */
record NoFileSystem(List<OpenedDisk> disks, Origin origin) {
  private static final int MAX_NAMED = 8;

  UnsupportedFormatException asException() throws IOException {
    StringBuilder what = new StringBuilder();
    for (OpenedDisk disk : disks) {
      what.append(what.isEmpty() ? "" : "; ").append(describe(disk));
    }
    return new UnsupportedFormatException(origin, what.toString());
  }

  private static String describe(OpenedDisk disk) throws IOException {
    boolean whole = disk.table().scheme().equals(WholeDisk.NAME);
    List<String> parts = new ArrayList<>();
    for (OpenedPartition each : disk.partitions()) {
      if (parts.size() < MAX_NAMED) {
        String why = each.whyNot().orElse("");
        parts.add(whole ? why : "partition " + each.partition().number() + " " + why);
      }
    }
    String head =
        whole
            ? "no partition table and no file system that can be read"
            : "no partition with a file system that can be read";
    return head + " (" + String.join(", ", parts) + ")" + hints(disk);
  }

  private static String hints(OpenedDisk disk) {
    List<LostFileSystems.Lost> lost = LostFileSystems.find(disk.bytes());
    List<String> hints = new ArrayList<>();
    for (LostFileSystems.Lost each : lost.subList(0, Math.min(MAX_NAMED, lost.size()))) {
      String label = each.label().isEmpty() ? "" : " \"" + each.label() + "\"";
      hints.add(
          "an ext4 file system"
              + label
              + " seems to start at byte "
              + each.offset()
              + ": try --offset "
              + each.offset());
    }
    return hints.isEmpty() ? "" : "; " + String.join("; ", hints);
  }
}
