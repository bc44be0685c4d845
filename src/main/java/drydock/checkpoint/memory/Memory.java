package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.proto.criu.MmEntry;
import drydock.proto.criu.VmaEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The memory of all processes of a dump.
 *
 * <p>Safe from many threads. Page maps are read when a process is asked for, and not kept: keep the
 * {@link AddressSpace} while it is needed.
 */
public final class Memory {
  /** The longest chain of dumps that is followed to a page. */
  static final int MAX_PARENTS = 64;

  private static final int FIRST = 0;

  private final List<DumpImages> generations;
  private final SharedMemory shared;
  private final FindingLog log;

  private Memory(List<DumpImages> generations, SharedMemory shared, FindingLog log) {
    this.generations = generations;
    this.shared = shared;
    this.log = log;
  }

  /**
   * Opens the memory of a dump.
   *
   * @param images the directory that holds its images
   * @param parents those of the dumps before it that it builds on, the nearest first
   */
  public static Memory open(Node images, List<Node> parents, FindingLog log) throws IOException {
    List<DumpImages> generations = new ArrayList<>();
    generations.add(new DumpImages(images, log));
    for (Node parent : parents) {
      if (generations.size() > MAX_PARENTS) {
        String what = "more parent dumps than are followed";
        log.add(Finding.missing(images.origin(), what));
        break;
      }
      generations.add(new DumpImages(parent, log));
    }
    int pageSize = pageSize(generations.get(0));
    SharedMemory shared = SharedMemory.read(generations, pageSize, log);
    return new Memory(List.copyOf(generations), shared, log);
  }

  /** The size of a page on the machine that was dumped: every process tells it. */
  private static int pageSize(DumpImages images) throws IOException {
    for (long pid : images.numbers("mm-")) {
      Optional<ByteSource> image = images.content("mm-" + pid + ".img");
      if (image.isPresent()) {
        List<MmEntry> found = new ArrayList<>();
        images.entries(image.get(), 0, MmEntry.parser(), (mm, offset) -> found.add(mm));
        if (!found.isEmpty()) {
          return layout(found.get(0)).pageSize();
        }
      }
    }
    return MemoryLayout.DEFAULT_PAGE;
  }

  /** The processes that have memory: a zombie has none. Ascending. */
  public List<Integer> pids() throws IOException {
    SortedSet<Long> numbers = images().numbers("mm-");
    return numbers.stream().filter(pid -> pid <= Integer.MAX_VALUE).map(Long::intValue).toList();
  }

  private DumpImages images() {
    return generations.get(FIRST);
  }

  /** What processes share, and what no process maps. */
  SharedMemory shared() {
    return shared;
  }

  List<DumpImages> generations() {
    return generations;
  }

  /**
   * The memory of a process; empty when the dump has none of it. What is damaged is a finding, and
   * the rest is given.
   */
  public Optional<AddressSpace> space(int pid) throws IOException {
    Optional<ByteSource> image = images().content("mm-" + pid + ".img");
    if (image.isEmpty()) {
      return Optional.empty();
    }
    List<MmEntry> found = new ArrayList<>();
    images().entries(image.get(), 0, MmEntry.parser(), (mm, offset) -> found.add(mm));
    if (found.isEmpty()) {
      log.add(Finding.damage(image.get().origin(), 0, "an image of memory without its entry"));
      return Optional.empty();
    }
    MmEntry mm = found.get(0);
    MemoryLayout layout = layout(mm);
    Origin origin = image.get().origin();
    List<Area> areas = new AreaList(mm, origin, log).areas(areas(pid, mm));
    PageStores stores = new PageStores(generations, layout.pageSize(), log);
    Optional<PageStore> own = stores.ofProcess(pid);
    if (own.isEmpty()) {
      log.add(Finding.missing(origin, "the map of the pages of process " + pid + " is not there"));
    }
    return Optional.of(
        new AddressSpace(pid, layout, areas, own.orElse(null), sharedBy(areas, origin), origin));
  }

  private Map<Area, PageStore> sharedBy(List<Area> areas, Origin origin) throws IOException {
    Map<Area, PageStore> stores = new HashMap<>();
    for (Area area : areas) {
      if (area.sharesPages()) {
        Optional<PageStore> store = shared.store(area);
        if (store.isPresent()) {
          stores.put(area, store.get());
        } else {
          String where = "0x" + Long.toHexString(area.start());
          log.add(Finding.missing(origin, "the pages of the shared memory at " + where));
        }
      }
    }
    return stores;
  }

  /** Areas were in an image of their own before CRIU 1.3. */
  private List<VmaEntry> areas(int pid, MmEntry mm) throws IOException {
    Optional<ByteSource> old = images().content("vmas-" + pid + ".img");
    if (mm.getVmasCount() > 0 || old.isEmpty()) {
      return mm.getVmasList();
    }
    List<VmaEntry> areas = new ArrayList<>();
    images().entries(old.get(), 0, VmaEntry.parser(), (area, offset) -> areas.add(area));
    return areas;
  }

  private static MemoryLayout layout(MmEntry mm) {
    return new MemoryLayout(
        mm.getMmStartCode(),
        mm.getMmEndCode(),
        mm.getMmStartData(),
        mm.getMmEndData(),
        mm.getMmStartStack(),
        mm.getMmStartBrk(),
        mm.getMmBrk(),
        mm.getMmArgStart(),
        mm.getMmArgEnd(),
        mm.getMmEnvStart(),
        mm.getMmEnvEnd(),
        Integer.toUnsignedLong(mm.getExeFileId()),
        mm.getMmSavedAuxvList());
  }
}
