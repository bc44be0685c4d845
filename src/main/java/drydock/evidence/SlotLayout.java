package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes with two root partitions to choose from and one partition for everything that changes.
 *
 * @param name the system's name
 * @param kernelPrefix what the labels of the partitions with the attribute bits start with
 * @param rootPrefix likewise of the root partitions; the slot's letter follows
 * @param dataLabels the names that the changing partition may have
 * @param mounts directories of the changing partition, and where the node has them, in order
 */
record SlotLayout(
    String name,
    String kernelPrefix,
    String rootPrefix,
    List<String> dataLabels,
    List<Map.Entry<String, String>> mounts) {

  private static final SlotLayout CONTAINER_OPTIMIZED_OS =
      new SlotLayout(
          "Container-Optimized OS",
          "KERN-",
          "ROOT-",
          List.of("STATE"),
          List.of(
              Map.entry("/", "/mnt/stateful_partition"),
              Map.entry("/var", "/var"),
              Map.entry("/home", "/home")));

  private static final SlotLayout BOTTLEROCKET =
      new SlotLayout(
          "Bottlerocket",
          "BOTTLEROCKET-BOOT-",
          "BOTTLEROCKET-ROOT-",
          List.of("BOTTLEROCKET-DATA", "BOTTLEROCKET-DATA-A", "BOTTLEROCKET-DATA-B"),
          List.of(
              Map.entry("/", "/local"),
              Map.entry("/var", "/var"),
              Map.entry("/opt", "/opt"),
              Map.entry("/mnt", "/mnt")));

  /** The layout that the labels of the partitions tell, if it is one of these. */
  static Optional<SlotLayout> of(List<OpenedPartition> partitions) {
    for (SlotLayout layout : List.of(CONTAINER_OPTIMIZED_OS, BOTTLEROCKET)) {
      boolean roots = layout.root(partitions, "A").isPresent();
      if (layout.data(partitions).isPresent() && (roots || layout == BOTTLEROCKET)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  private Optional<OpenedPartition> data(List<OpenedPartition> partitions) {
    OpenedPartition best = null;
    for (OpenedPartition each : partitions) {
      String label = each.partition().label();
      boolean larger = best == null || each.partition().length() > best.partition().length();
      if (label != null && dataLabels.contains(label) && larger) {
        best =
            each; // Bottlerocket makes a small one first and uses the larger one when it is there
      }
    }
    return Optional.ofNullable(best);
  }

  private Optional<OpenedPartition> root(List<OpenedPartition> partitions, String letter) {
    for (OpenedPartition each : partitions) {
      if ((rootPrefix + letter).equals(each.partition().label())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  Composition compose(List<OpenedPartition> partitions, Origin origin, FindingLog log)
      throws IOException {
    Optional<BootSlots.Slot> booted = BootSlots.booted(partitions, kernelPrefix);
    BootSlots.Slot slot = booted.isPresent() ? booted.get() : fallback(partitions, log);
    Optional<OpenedPartition> root = root(partitions, slot.letter());
    Composition node = new Composition(base(root, origin, log), log);
    if (root.isPresent()) {
      node.role(root.get(), "/");
      log.add(
          Finding.note(
              root.get().partition().bytes().origin(),
              name
                  + ": "
                  + rootPrefix
                  + slot.letter()
                  + " is the root, for "
                  + slot.why()
                  + "; its /etc is as installed, what changed there was in memory only"));
    }
    Optional<OpenedPartition> data = data(partitions);
    if (data.isPresent()) {
      for (Map.Entry<String, String> mount : mounts) {
        if (!node.mount(data.get(), mount.getKey(), mount.getValue())
            && mount.getKey().equals("/")) {
          break; // it cannot be read at all, which is said once
        }
      }
    }
    return node;
  }

  /** Without usable bits: the first root that has an /etc. */
  private BootSlots.Slot fallback(List<OpenedPartition> partitions, FindingLog log)
      throws IOException {
    for (String letter : List.of("A", "B")) {
      Optional<OpenedPartition> root = root(partitions, letter);
      if (root.isPresent() && root.get().whyNot().isEmpty() && hasEtc(root.get(), log)) {
        return new BootSlots.Slot(letter, "it has an /etc and no kernel's bits tell");
      }
    }
    return new BootSlots.Slot("A", "nothing tells");
  }

  private static boolean hasEtc(OpenedPartition root, FindingLog log) throws IOException {
    try {
      return new NodeFiles(root.tree(), log).isDirectory("/etc");
    } catch (CorruptDataException | UnsupportedFormatException e) {
      return false; // said when the root is opened in earnest
    }
  }

  private static FileTree base(Optional<OpenedPartition> root, Origin origin, FindingLog log)
      throws IOException {
    if (root.isEmpty()) {
      log.add(Finding.missing(origin, "there is no root partition: /etc and /usr are missing"));
      return new EmptyTree(origin);
    }
    try {
      return root.get().tree();
    } catch (CorruptDataException | UnsupportedFormatException e) {
      String what = "the root cannot be read, /etc and /usr are missing: " + e.getMessage();
      log.add(Finding.missing(root.get().partition().bytes().origin(), what));
      return new EmptyTree(origin);
    }
  }
}
