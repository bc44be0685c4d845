package drydock.checkpoint.criu;

import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.proto.criu.CgMemberEntry;
import drydock.proto.criu.CgSetEntry;
import drydock.proto.criu.CgroupEntry;
import drydock.proto.criu.InventoryEntry;
import drydock.proto.criu.UtsnsEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces and control groups.
 *
 * @param outside numbers of namespaces that CRIU itself was in: those were not the container's own
 * @param outsideKnown whether the dump tells which those are; else there are none of them
 * @param hostNames by the number of the namespace
 * @param cgroups by the number of a set, where its members are
 */
public record Namespaces(
    Set<Long> outside,
    boolean outsideKnown,
    Map<Long, HostName> hostNames,
    Map<Long, List<Cgroup>> cgroups) {
  /** The kinds of namespaces, in the order of /proc/PID/ns. */
  public static final List<String> KINDS =
      List.of("cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts");

  /** What uname(2) tells. */
  public record HostName(Name host, Name domain) {}

  /**
   * Where in a hierarchy of control groups something is.
   *
   * @param controllers as in /proc/PID/cgroup: {@code cpu,cpuacct}, {@code name=systemd}; empty for
   *     the one of version 2
   */
  public record Cgroup(String controllers, Name path) {}

  static Namespaces read(Images images, @Nullable InventoryEntry inventory) throws IOException {
    Map<Long, HostName> hostNames = new HashMap<>();
    for (String name : images.names()) {
      if (name.startsWith("utsns-") && name.endsWith(ImageKind.SUFFIX)) {
        String number =
            name.substring("utsns-".length(), name.length() - ImageKind.SUFFIX.length());
        UtsnsEntry uts = Messages.first(images, name, UtsnsEntry.parser());
        if (uts != null && number.matches("\\d{1,10}")) {
          Name host = Name.of(uts.getNodename().toByteArray());
          Name domain = Name.of(uts.getDomainname().toByteArray());
          hostNames.put(Long.parseLong(number), new HostName(host, domain));
        }
      }
    }
    Map<Long, List<Cgroup>> cgroups = new HashMap<>();
    CgroupEntry groups = Messages.first(images, ImageKind.CGROUP.file(), CgroupEntry.parser());
    if (groups != null) {
      for (CgSetEntry set : groups.getSetsList()) {
        List<Cgroup> members = new ArrayList<>();
        for (CgMemberEntry each : set.getCtlsList()) {
          String controllers = NameText.of(each.getName().toByteArray());
          members.add(new Cgroup(controllers, Name.of(each.getPath().toByteArray())));
        }
        cgroups.put(Integer.toUnsignedLong(set.getId()), List.copyOf(members));
      }
    }
    boolean isKnown = inventory != null && inventory.hasRootIds();
    return new Namespaces(outside(inventory), isKnown, hostNames, cgroups);
  }

  private static Set<Long> outside(@Nullable InventoryEntry inventory) {
    Set<Long> ids = new HashSet<>();
    if (inventory != null && inventory.hasRootIds()) {
      Map<String, Long> root = KernelIds.of(inventory.getRootIds());
      KINDS.stream().map(root::get).filter(id -> id != null).forEach(ids::add);
    }
    return ids;
  }
}
