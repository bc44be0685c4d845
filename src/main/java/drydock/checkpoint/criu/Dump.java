package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.proto.criu.InventoryEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A dump of CRIU: the processes of a container as they were frozen, what they had open, and what
 * was under way between them. Each part is read when it is asked for, and once. Safe from many
 * threads.
 *
 * <p>An image that is not there or damaged is a finding, and what the others tell is given.
 */
public final class Dump {
  /** A process and the number by which it knows an open file. */
  public record Holder(Process process, Descriptor descriptor) {}

  private final Images images;
  private boolean inventoryRead;
  private @Nullable InventoryEntry inventory;
  private @Nullable List<Process> processes;
  private @Nullable OpenFiles files;
  private @Nullable InFlight inFlight;
  private @Nullable List<Socket> sockets;
  private @Nullable List<FileLock> locks;
  private @Nullable List<MountEntry> mounts;
  private @Nullable Namespaces namespaces;
  private @Nullable Map<Long, List<Holder>> holders;
  private final Map<Long, List<Descriptor>> tables = new HashMap<>();

  private Dump(Images images) {
    this.images = images;
  }

  /**
   * A dump in a directory.
   *
   * @param log takes what is wrong with it, when it is read
   */
  public static Dump open(Node directory, FindingLog log) {
    return new Dump(Images.of(directory, log));
  }

  public Images images() {
    return images;
  }

  private synchronized @Nullable InventoryEntry inventoryEntry() throws IOException {
    if (!inventoryRead) {
      inventoryRead = true;
      if (images.isThere(ImageKind.INVENTORY.file())) {
        inventory = Messages.first(images, ImageKind.INVENTORY.file(), InventoryEntry.parser());
      }
    }
    return inventory;
  }

  /** What it says of itself; empty when that image is lost. */
  public Optional<Inventory> inventory() throws IOException {
    InventoryEntry entry = inventoryEntry();
    return entry == null
        ? Optional.empty()
        : Optional.of(Inventory.of(entry, images.origin().child(ImageKind.INVENTORY.file())));
  }

  /** All processes, each once, in the order of the image: parents before their children. */
  public synchronized List<Process> processes() throws IOException {
    List<Process> all = processes;
    if (all == null) {
      images.isThere(ImageKind.PSTREE.file());
      all = Processes.read(images, inventoryEntry());
      checkParents(all);
      processes = all;
    }
    return all;
  }

  /** The first one's parent is outside; that of each other one stands before it. */
  private void checkParents(List<Process> all) {
    Set<Long> seen = new HashSet<>();
    for (Process each : all) {
      Long parent = each.parentPid();
      if (!seen.isEmpty() && parent != null && !seen.contains(parent)) {
        String what = "process " + each.pid() + " whose parent " + parent + " is not before it";
        images.log().add(Finding.damage(each.origin(), 0, what));
      }
      seen.add(each.pid());
    }
  }

  private synchronized OpenFiles openFiles() throws IOException {
    OpenFiles read = files;
    if (read == null) {
      read = OpenFiles.read(images);
      files = read;
    }
    return read;
  }

  /** All open files by their numbers. */
  public Map<Long, OpenFile> files() throws IOException {
    return openFiles().files();
  }

  /**
   * The open file of that number; empty, and a finding, when there is none.
   *
   * @param from where it is named
   */
  public Optional<OpenFile> file(long id, Origin from) throws IOException {
    OpenFile file = files().get(id);
    if (file == null) {
      images.log().add(Finding.missing(from, "no image has the open file " + id));
    }
    return Optional.ofNullable(file);
  }

  /** The descriptors of a process; those that it shares with another are of both. */
  public synchronized List<Descriptor> descriptors(Process process) throws IOException {
    Long table = process.files().descriptors();
    if (table == null) {
      return List.of();
    }
    List<Descriptor> known = tables.get(table);
    if (known == null) {
      known = Descriptors.read(images, table);
      tables.put(table, known);
    }
    return known;
  }

  /** Who has an open file, by the number of the file. */
  public synchronized Map<Long, List<Holder>> holders() throws IOException {
    Map<Long, List<Holder>> all = holders;
    if (all == null) {
      all = new HashMap<>();
      for (Process process : processes()) {
        for (Descriptor each : descriptors(process)) {
          all.computeIfAbsent(each.file(), id -> new ArrayList<>()).add(new Holder(process, each));
        }
      }
      holders = all;
    }
    return all;
  }

  /** Bytes that were under way. */
  public synchronized InFlight inFlight() throws IOException {
    InFlight read = inFlight;
    if (read == null) {
      read = InFlight.read(images);
      inFlight = read;
    }
    return read;
  }

  /** All sockets, also those that no process has yet. */
  public synchronized List<Socket> sockets() throws IOException {
    List<Socket> read = sockets;
    if (read == null) {
      read = Sockets.of(images, inFlight(), openFiles().sockets());
      sockets = read;
    }
    return read;
  }

  /** The locks that processes hold on files. */
  public synchronized List<FileLock> locks() throws IOException {
    List<FileLock> read = locks;
    if (read == null) {
      read = FileLocks.read(images);
      locks = read;
    }
    return read;
  }

  /** The mounts of all mount namespaces. */
  public synchronized List<MountEntry> mounts() throws IOException {
    List<MountEntry> read = mounts;
    if (read == null) {
      for (long each : namespaces("mnt")) {
        images.isThere(ImageKind.MNTS.file(each));
      }
      read = Mounts.read(images);
      mounts = read;
    }
    return read;
  }

  public synchronized Namespaces namespaces() throws IOException {
    Namespaces read = namespaces;
    if (read == null) {
      for (long each : namespaces("uts")) {
        images.isThere(ImageKind.UTSNS.file(each));
      }
      read = Namespaces.read(images, inventoryEntry());
      checkCgroups(read);
      namespaces = read;
    }
    return read;
  }

  /** The namespaces of a kind that were the container's own, so that each has an image. */
  private Set<Long> namespaces(String kind) throws IOException {
    InventoryEntry entry = inventoryEntry();
    Set<Long> own = new TreeSet<>();
    if (entry != null && entry.hasRootIds()) {
      processes().forEach(each -> own.add(each.kernelIds().getOrDefault(kind, 0L)));
      own.remove(KernelIds.of(entry.getRootIds()).getOrDefault(kind, 0L));
      own.remove(0L);
    }
    return own;
  }

  private void checkCgroups(Namespaces read) throws IOException {
    InventoryEntry entry = inventoryEntry();
    // those of whoever made the dump are not dumped
    long ofMaker = entry == null ? 0 : Integer.toUnsignedLong(entry.getRootCgSet());
    for (Process each : processes()) {
      TaskThread leader = each.leader();
      Long set = leader == null ? null : leader.cgroupSet();
      if (set != null && set != ofMaker && !read.cgroups().containsKey(set)) {
        String what = "no image has the control groups " + set;
        images.log().add(Finding.missing(images.origin().child(ImageKind.CGROUP.file()), what));
      }
    }
  }

  /** Looks for all images that others name: each that is not there is a finding. */
  public void look() throws IOException {
    namespaces();
    holders();
    sockets();
    for (OpenFile each : files().values()) {
      Long ghost = each.ghost();
      if (ghost != null) {
        images.isThere(ImageKind.GHOST_FILE.file(Long.toHexString(ghost)));
      }
    }
    for (long each : openFiles().sharedMemory()) {
      images.isThere(ImageKind.PAGEMAP.file("shmem-" + each));
    }
  }

  /** A file that was deleted while it was open; empty, and a finding, when it is not there. */
  public Optional<GhostFile> ghost(long id) throws IOException {
    return Ghosts.read(images, id);
  }
}
