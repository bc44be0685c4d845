package drydock.checkpoint.memory;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.AuxiliaryVector;
import drydock.checkpoint.criu.ImageKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.proto.criu.CoreEntry;
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

  private final List<DumpImages> generations;
  private final MappedFiles files;
  private final SharedMemory shared;
  private final FindingLog log;

  private Memory(List<DumpImages> generations, FindingLog log) throws IOException {
    this.generations = List.copyOf(generations);
    this.log = log;
    this.files = MappedFiles.read(images());
    this.shared = new SharedMemory(images(), stores(pageSize(images())), files);
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
        log.add(Finding.missing(images.origin(), "more parent dumps than are followed"));
        break;
      }
      generations.add(new DumpImages(parent, log));
    }
    return new Memory(generations, log);
  }

  /** The size of a page on the machine that was dumped: every process tells it. */
  private static int pageSize(DumpImages images) throws IOException {
    for (long pid : images.numbers("mm-")) {
      Optional<MmEntry> mm = images.first(mmName(pid), MmEntry.parser());
      if (mm.isPresent()) {
        return layout(mm.get()).pageSize();
      }
    }
    return MemoryLayout.DEFAULT_PAGE;
  }

  private static String mmName(long pid) {
    return ImageKind.MM.file(pid);
  }

  /** The directory of the images. */
  public Origin origin() {
    return images().directory().origin();
  }

  /** The processes that have memory: a zombie has none. Ascending. */
  public List<Integer> pids() throws IOException {
    SortedSet<Long> numbers = images().numbers("mm-");
    numbers.addAll(images().numbers("pagemap-"));
    return numbers.stream().filter(pid -> pid <= Integer.MAX_VALUE).map(Long::intValue).toList();
  }

  /** The name of a process ({@code comm}); empty when the dump does not tell it. */
  public Optional<byte[]> command(int pid) throws IOException {
    return images()
        .first(ImageKind.CORE.file(pid), CoreEntry.parser())
        .filter(core -> core.hasTc())
        .map(core -> core.getTc().getComm().toByteArray());
  }

  /** What an area maps; empty when it is of no file, or of one that the dump does not name. */
  public Optional<MappedFile> file(Area area) {
    return files.of(area);
  }

  /** The number of the shared memory that an area maps. */
  public Optional<Long> sharedId(Area area) {
    return shared.id(area);
  }

  /** The executable of a process. */
  public Optional<MappedFile> executable(AddressSpace space) {
    return files.byId(space.layout().executable());
  }

  DumpImages images() {
    return generations.get(0);
  }

  MappedFiles files() {
    return files;
  }

  SharedMemory shared() {
    return shared;
  }

  PageStores stores(int pageSize) {
    return new PageStores(generations, pageSize, log);
  }

  /**
   * The memory of a process; empty when the dump has none of it. What is damaged is a finding, and
   * the rest is given.
   */
  public Optional<AddressSpace> space(int pid) throws IOException {
    Optional<MmEntry> stored = images().first(mmName(pid), MmEntry.parser());
    if (stored.isEmpty()) {
      return withoutAreas(pid);
    }
    MmEntry mm = stored.get();
    MemoryLayout layout = layout(mm);
    Origin origin = origin(pid);
    List<Area> areas = new AreaList(mm, origin, log).areas(areas(pid, mm));
    Optional<PageStore> own = stores(layout.pageSize()).ofProcess(pid);
    if (own.isEmpty()) {
      String what = "the map of the pages of process " + pid + " is not there";
      log.add(Finding.missing(origin, what + "; --disk takes what a page server wrote"));
    }
    return Optional.of(
        new AddressSpace(pid, layout, areas, own.orElse(null), sharedBy(areas, origin), origin));
  }

  /** The pages of a process of which it is not known what they were for. */
  private Optional<AddressSpace> withoutAreas(int pid) throws IOException {
    Optional<PageStore> own = stores(MemoryLayout.DEFAULT_PAGE).ofProcess(pid);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    int pageSize = own.get().likelyPageSize();
    if (pageSize != MemoryLayout.DEFAULT_PAGE) {
      own = stores(pageSize).ofProcess(pid);
    }
    Origin origin = images().directory().origin();
    if (!images().haveMemoryAlone()) {
      String what = "the areas of process " + pid + ": there are pages of it and no " + mmName(pid);
      log.add(Finding.missing(origin, what));
    }
    List<Area> areas = AreaList.ofPages(own.orElseThrow().map());
    MemoryLayout layout = MemoryLayout.ofPages(pageSize);
    return Optional.of(new AddressSpace(pid, layout, areas, own.orElseThrow(), Map.of(), origin));
  }

  /** The areas of a process alone; empty when the dump has none of it. */
  Optional<List<Area>> areas(int pid) throws IOException {
    Optional<MmEntry> mm = images().first(mmName(pid), MmEntry.parser());
    return mm.isEmpty()
        ? Optional.empty()
        : Optional.of(new AreaList(mm.get(), origin(pid), log).areas(areas(pid, mm.get())));
  }

  private Origin origin(int pid) {
    return images().directory().origin().child(mmName(pid));
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
    return mm.getVmasCount() > 0
        ? mm.getVmasList()
        : images().list(ImageKind.VMAS.file(pid), VmaEntry.parser());
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
        AuxiliaryVector.of(mm.getMmSavedAuxvList()));
  }
}
