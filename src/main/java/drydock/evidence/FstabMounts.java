package drydock.evidence;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts what the root's {@code /etc/fstab} mounts in its place, as far as the disks hold it. */
final class FstabMounts {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * {@code /dev/sda1}, {@code /dev/vda1}, {@code /dev/nvme0n1p1}: the disk's letter or number, and
   * the partition's.
   */
  private static final Pattern LETTERED = Pattern.compile("/dev/(?:s|v|xv|h)d([a-z])([0-9]{0,3})");

  private static final Pattern NUMBERED =
      Pattern.compile("/dev/(?:nvme([0-9])n1|mmcblk([0-9]))(?:p([0-9]{1,3}))?");
  private static final String MAPPED = "/dev/mapper/";
  private static final String BY = "/dev/disk/by-";

  private final List<OpenedDisk> disks;
  private final Composition node;
  private final FindingLog log;

  FstabMounts(List<OpenedDisk> disks, Composition node, FindingLog log) {
    this.disks = disks;
    this.node = node;
    this.log = log;
  }

  void apply() throws IOException {
    Optional<String> text = new NodeFiles(node.base(), log).text("/etc/fstab", MAX_BYTES);
    if (text.isEmpty()) {
      return;
    }
    List<Fstab.Mount> mounts = new ArrayList<>(Fstab.parse(text.get()));
    mounts.removeIf(m -> m.at().equals("/") || m.type().equals("swap") || isBoot(m.at()));
    mounts.sort(Comparator.comparing(Fstab.Mount::at)); // parents first
    for (Fstab.Mount mount : mounts) {
      if (mount.isPartition() && !mount.isBind()) {
        mountPartition(mount);
      }
    }
    for (Fstab.Mount mount : mounts) {
      if (mount.isBind() && mount.source().startsWith("/")) {
        node.bind(mount.source(), mount.at());
      }
    }
  }

  /** What only starts the machine is looked at by nobody here. */
  private static boolean isBoot(String at) {
    return at.equals("/boot") || at.startsWith("/boot/") || at.equals("/efi");
  }

  private void mountPartition(Fstab.Mount mount) throws IOException {
    OpenedPartition partition = find(mount.source());
    if (partition != null) {
      node.mount(partition, "/", mount.at());
      return;
    }
    String why =
        mount.source().startsWith(MAPPED)
            ? "a logical or encrypted volume: such are not put together here"
            : "which none of these disks has: add it with --disk";
    String what = mount.at() + " was on " + mount.source() + " (fstab), " + why;
    boolean optional = mount.options().contains("nofail") || mount.options().contains("noauto");
    log.add(
        optional
            ? Finding.note(node.base().origin(), what)
            : Finding.missing(node.base().origin(), what));
  }

  private @Nullable OpenedPartition find(String source) throws IOException {
    if (source.startsWith(BY)) {
      int slash = source.indexOf('/', BY.length());
      String tag = slash < 0 ? "" : source.substring(BY.length(), slash).toUpperCase(Locale.ROOT);
      return slash < 0 ? null : find(tag + "=" + source.substring(slash + 1));
    }
    int equals = source.indexOf('=');
    String value = source.substring(equals + 1);
    if (equals < 0) {
      return ofDevice(source);
    }
    return switch (source.substring(0, equals)) {
      case "UUID" -> first(p -> value.equalsIgnoreCase(said(p, FileSystemInfo::uuid)));
      case "LABEL" -> first(p -> value.equals(said(p, FileSystemInfo::label)));
      case "PARTUUID" -> first(p -> value.equalsIgnoreCase(p.partition().id()));
      case "PARTLABEL" -> first(p -> value.equals(p.partition().label()));
      default -> null;
    };
  }

  private @Nullable OpenedPartition first(Predicate<OpenedPartition> fits) {
    for (OpenedDisk disk : disks) {
      for (OpenedPartition each : disk.partitions()) {
        if (fits.test(each)) {
          return each;
        }
      }
    }
    return null;
  }

  /** Null where the partition has no file system that says it. */
  private static @Nullable String said(
      OpenedPartition partition, Function<FileSystemInfo, @Nullable String> what) {
    try {
      return partition.fileSystem().map(what).orElse(null);
    } catch (IOException e) {
      return null; // such a partition is not the one that is meant; whoever opens it gets the error
    }
  }

  /** The disks are taken to have had their letters in the order in which they were given. */
  private @Nullable OpenedPartition ofDevice(String device) {
    Matcher lettered = LETTERED.matcher(device);
    if (lettered.matches()) {
      return partition(lettered.group(1).charAt(0) - 'a', lettered.group(2));
    }
    Matcher numbered = NUMBERED.matcher(device);
    if (numbered.matches()) {
      String disk = numbered.group(1) == null ? numbered.group(2) : numbered.group(1);
      return partition(Integer.parseInt(disk), numbered.group(3));
    }
    return null;
  }

  private @Nullable OpenedPartition partition(int disk, @Nullable String number) {
    if (disk >= disks.size()) {
      return null;
    }
    int wanted = number == null || number.isEmpty() ? 0 : Integer.parseInt(number);
    return disks.get(disk).partitions().stream()
        .filter(p -> p.partition().number() == wanted)
        .findFirst()
        .orElse(null);
  }
}
