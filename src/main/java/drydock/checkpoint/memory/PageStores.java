package drydock.checkpoint.memory;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.proto.criu.PagemapEntry;
import drydock.proto.criu.PagemapHead;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Opens page maps with their pages, and those of the dumps before behind them. */
final class PageStores {
  /** In the names of those of shared memory, before the number. */
  static final String SHARED = "shmem-";

  private final List<DumpImages> generations;
  private final int pageSize;
  private final FindingLog log;

  /**
   * @param generations the dump, and behind it those that it builds on, the nearest first
   */
  PageStores(List<DumpImages> generations, int pageSize, FindingLog log) {
    this.generations = generations;
    this.pageSize = pageSize;
    this.log = log;
  }

  Optional<PageStore> ofProcess(int pid) throws IOException {
    return store(
        ImageKind.PAGEMAP.file(pid), ImageKind.PAGES.file(pid), 0, PageMapBuilder.MAX_RUNS);
  }

  /** Of shared memory, whose addresses are offsets in it. */
  Optional<PageStore> ofShared(long id) throws IOException {
    String of = SHARED + Long.toUnsignedString(id);
    return store(ImageKind.PAGEMAP.file(of), ImageKind.PAGES.file(of), 0, PageMapBuilder.MAX_RUNS);
  }

  private Optional<PageStore> store(String mapName, String oldName, int generation, int room)
      throws IOException {
    DumpImages images = generations.get(generation);
    Optional<ImageFile> image = images.image(mapName);
    if (image.isEmpty()) {
      Optional<ByteSource> old = images.content(oldName);
      return old.isPresent() && OldPages.looksLike(old.get())
          ? Optional.of(OldPages.read(old.get(), pageSize, room, log))
          : Optional.empty();
    }
    StoredMap stored = new StoredMap(pageSize, room, image.get().origin(), log);
    images.entries(image.get(), 1, PagemapEntry.parser(), stored::add);
    PageMap map = stored.map();
    ByteSource pages = stored.pages(pages(images, image.get(), mapName));
    if (pages.size() < map.dumpedBytes()) {
      tellShort(pages, map);
    }
    boolean needsParent = map.has(PageState.PARENT);
    PageStore parent = null;
    if (needsParent && generation + 1 < generations.size()) {
      parent = store(mapName, oldName, generation + 1, room - map.size()).orElse(null);
    }
    if (needsParent && parent == null) {
      String what = "pages are in the dump before this one, which is not there";
      log.add(Finding.missing(image.get().origin(), what));
    }
    return Optional.of(new PageStore(map, pages, parent));
  }

  private void tellShort(ByteSource pages, PageMap map) {
    log.add(
        Finding.damage(
            pages.origin(),
            pages.size(),
            "pages are missing at the end of their image",
            pages.size() + " bytes",
            map.dumpedBytes() + " bytes"));
  }

  /** The image that the head of a map names. */
  private ByteSource pages(DumpImages images, ImageFile map, String mapName) throws IOException {
    Optional<Long> id = pagesId(images, mapName);
    String name = ImageKind.PAGES.file(id.map(String::valueOf).orElse("?"));
    Optional<ByteSource> pages = id.isEmpty() ? Optional.empty() : images.content(name);
    if (pages.isEmpty()) {
      log.add(Finding.missing(map.origin(), "the image of the pages, " + name + ", is not there"));
      return new ArraySource(new byte[0], map.origin().child(name));
    }
    return pages.get();
  }

  private static Optional<Long> pagesId(DumpImages images, String mapName) throws IOException {
    return images
        .first(mapName, PagemapHead.parser())
        .map(head -> Integer.toUnsignedLong(head.getPagesId()));
  }

  /**
   * Where the pages lie among the images, to read them in the order of an archive; 0 if unknown.
   */
  long placeOfProcess(int pid) throws IOException {
    return pagesId(generations.get(0), ImageKind.PAGEMAP.file(pid)).orElse(0L);
  }

  long placeOfShared(long id) throws IOException {
    return pagesId(generations.get(0), ImageKind.PAGEMAP.file(SHARED + Long.toUnsignedString(id)))
        .orElse(0L);
  }
}
