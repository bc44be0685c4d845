package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Process.Layout;
import drydock.checkpoint.criu.Process.MappedFile;
import drydock.checkpoint.criu.Process.Range;
import drydock.finding.Finding;
import drydock.fs.Name;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.FsEntry;
import drydock.proto.criu.InventoryEntry;
import drydock.proto.criu.MmEntry;
import drydock.proto.criu.PstreeEntry;
import drydock.proto.criu.TaskKobjIdsEntry;
import drydock.proto.criu.VmaEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tree of processes and what each one's images say. What is shared with another process
 * has one image, under one of their numbers.
 *
 * <p>Source: CRIU 4.2, criu/pstree.c, criu/cr-dump.c, criu/mem.c.
 */
final class Processes {
  private static final int FILE_PRIVATE = 1 << 6;
  private static final int FILE_SHARED = 1 << 7;

  private final Images images;
  private final Tasks tasks;
  private final @Nullable InventoryEntry inventory;
  private final Map<Long, FsEntry> fsOfId = new LinkedHashMap<>();
  private final Map<Long, Process> all = new LinkedHashMap<>();

  private Processes(Images images, @Nullable InventoryEntry inventory) {
    this.images = images;
    this.tasks = new Tasks(images);
    this.inventory = inventory;
  }

  /**
   * All of them in the order of the image, parents before their children; behind them, by number,
   * those that the tree has lost.
   */
  static List<Process> read(Images images, @Nullable InventoryEntry inventory) throws IOException {
    Processes reader = new Processes(images, inventory);
    SortedSet<Long> cores = images.numbers("core-", 10);
    Messages.each(
        images,
        ImageKind.PSTREE.file(),
        PstreeEntry.parser(),
        (node, entry) -> {
          long pid = Integer.toUnsignedLong(node.getPid());
          cores.remove(pid);
          node.getThreadsList().forEach(tid -> cores.remove(Integer.toUnsignedLong(tid)));
          if (reader.all.containsKey(pid)) {
            String what = "process " + pid + " is in the tree a second time";
            images.log().add(Finding.damage(entry.origin(), entry.offset(), what));
          } else {
            reader.all.put(pid, reader.process(pid, node, reader.core(pid), entry.origin()));
          }
        });
    reader.lost(cores);
    return List.copyOf(reader.all.values());
  }

  /** A process is told from a thread by what its core says of the task as a whole. */
  private void lost(SortedSet<Long> cores) throws IOException {
    Map<Long, CoreEntry> tasks = new LinkedHashMap<>();
    PstreeEntry.Builder threads = PstreeEntry.newBuilder();
    for (long each : cores) {
      CoreEntry core = Messages.first(images, coreName(each), CoreEntry.parser());
      if (core != null && core.hasTc()) {
        tasks.put(each, core);
      } else if (core != null && each <= Integer.MAX_VALUE) {
        threads.addThreads((int) each);
      }
      String what = core != null && core.hasTc() ? "process " : "thread ";
      Origin origin = images.origin().child(coreName(each));
      images.log().add(Finding.missing(origin, what + each + " is not in the tree of processes"));
    }
    boolean isOnly = all.isEmpty() && tasks.size() == 1;
    for (Map.Entry<Long, CoreEntry> each : tasks.entrySet()) {
      Origin origin = ImageEntry.origin(images.origin().child(coreName(each.getKey())), 0);
      PstreeEntry node = isOnly ? threads.build() : PstreeEntry.getDefaultInstance();
      all.put(each.getKey(), process(each.getKey(), node, each.getValue(), origin));
    }
  }

  private Process process(long pid, PstreeEntry node, @Nullable CoreEntry core, Origin origin)
      throws IOException {
    boolean known = core != null && core.hasTc();
    CoreEntry of = core == null ? CoreEntry.getDefaultInstance() : core;
    ProcessState state = known ? ProcessState.of(of.getTc().getTaskState()) : ProcessState.UNKNOWN;
    boolean isZombie = state == ProcessState.ZOMBIE;
    Map<String, Long> ids = ids(pid, of, isZombie);
    MmEntry memory = isZombie ? null : memory(pid);
    Name command = known ? Name.of(of.getTc().getComm().toByteArray()) : null;
    return new Process(
        pid,
        node.hasPpid() ? Integer.toUnsignedLong(node.getPpid()) : null,
        node.hasPgid() ? Integer.toUnsignedLong(node.getPgid()) : null,
        node.hasSid() ? Integer.toUnsignedLong(node.getSid()) : null,
        state,
        isZombie ? Integer.toUnsignedLong(of.getTc().getExitCode()) : null,
        command,
        Architecture.of(of),
        threads(pid, state, command, node, of),
        ids,
        files(pid, ids, state, memory),
        memory == null ? null : layout(memory),
        tasks.task(pid, of),
        origin);
  }

  private @Nullable CoreEntry core(long tid) throws IOException {
    String name = coreName(tid);
    return images.isThere(name) ? Messages.first(images, name, CoreEntry.parser()) : null;
  }

  private static String coreName(long tid) {
    return ImageKind.CORE.file(tid);
  }

  /** The first thread has the number of the process; of one that has ended there is no other. */
  private List<TaskThread> threads(
      long pid, ProcessState state, @Nullable Name command, PstreeEntry node, CoreEntry leader)
      throws IOException {
    List<TaskThread> threads = new ArrayList<>();
    if (state == ProcessState.ZOMBIE) {
      return threads;
    }
    threads.add(tasks.thread(pid, command, leader));
    for (int each : node.getThreadsList()) {
      long tid = Integer.toUnsignedLong(each);
      if (tid != pid) {
        CoreEntry core = core(tid);
        if (core != null) {
          threads.add(tasks.thread(tid, null, core));
        }
      }
    }
    return threads;
  }

  private Map<String, Long> ids(long pid, CoreEntry core, boolean isZombie) throws IOException {
    String name = ImageKind.IDS.file(pid);
    TaskKobjIdsEntry ids = Messages.first(images, name, TaskKobjIdsEntry.parser());
    if (ids == null && core.hasIds()) {
      ids = core.getIds();
    } else if (ids == null && !isZombie && isShared()) {
      images.isThere(name);
    }
    return ids == null ? Map.of() : KernelIds.of(ids);
  }

  /** Whether tables of descriptors have numbers of their own; what does not say is not so old. */
  private boolean isShared() {
    return inventory == null || inventory.getFdinfoPerId();
  }

  /** Old versions have the areas in an image of their own. */
  private @Nullable MmEntry memory(long pid) throws IOException {
    String name = ImageKind.MM.file(pid);
    MmEntry memory = images.isThere(name) ? Messages.first(images, name, MmEntry.parser()) : null;
    if (memory == null || memory.getVmasCount() > 0) {
      return memory;
    }
    MmEntry.Builder whole = memory.toBuilder();
    Messages.each(
        images, ImageKind.VMAS.file(pid), VmaEntry.parser(), (area, entry) -> whole.addVmas(area));
    return whole.build();
  }

  private Process.Files files(
      long pid, Map<String, Long> ids, ProcessState state, @Nullable MmEntry memory)
      throws IOException {
    FsEntry fs = Messages.first(images, ImageKind.FS.file(pid), FsEntry.parser());
    boolean isZombie = state == ProcessState.ZOMBIE;
    Long id = ids.get("fs");
    if (fs == null && id != null) {
      fs = fsOfId.get(id);
    } else if (fs != null && id != null) {
      fsOfId.putIfAbsent(id, fs);
    }
    if (fs == null && !isZombie) {
      images.isThere(ImageKind.FS.file(pid));
    }
    Long descriptors = isShared() ? ids.get("files") : Long.valueOf(pid);
    return new Process.Files(
        fs == null ? null : Integer.toUnsignedLong(fs.getCwdId()),
        fs == null ? null : Integer.toUnsignedLong(fs.getRootId()),
        fs == null || !fs.hasUmask() ? null : Integer.toUnsignedLong(fs.getUmask()),
        memory == null ? null : Integer.toUnsignedLong(memory.getExeFileId()),
        isZombie ? null : descriptors);
  }

  private static Layout layout(MmEntry mm) {
    List<MappedFile> mapped = new ArrayList<>();
    for (VmaEntry area : mm.getVmasList()) {
      if ((area.getStatus() & (FILE_PRIVATE | FILE_SHARED)) != 0) {
        mapped.add(
            new MappedFile(
                area.getShmid(),
                new Range(area.getStart(), area.getEnd()),
                area.getPgoff(),
                Integer.toUnsignedLong(area.getProt()),
                (area.getStatus() & FILE_SHARED) != 0));
      }
    }
    return new Layout(
        new Range(mm.getMmStartCode(), mm.getMmEndCode()),
        new Range(mm.getMmStartData(), mm.getMmEndData()),
        new Range(mm.getMmStartBrk(), mm.getMmBrk()),
        mm.getMmStartStack(),
        new Range(mm.getMmArgStart(), mm.getMmArgEnd()),
        new Range(mm.getMmEnvStart(), mm.getMmEnvEnd()),
        AuxiliaryVector.of(mm.getMmSavedAuxvList()),
        List.copyOf(mapped),
        mm.hasDumpable() ? mm.getDumpable() : null,
        mm.getThpDisabled());
  }
}
