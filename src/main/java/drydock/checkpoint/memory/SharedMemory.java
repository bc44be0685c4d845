package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.proto.criu.FileEntry;
import drydock.proto.criu.MemfdInodeEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages of what several processes map: anonymous shared memory, memfds and System V segments,
 * each by the number in the name of its page map. Safe from many threads.
 */
final class SharedMemory {
  private final DumpImages images;
  private final PageStores stores;
  private final Map<Long, Long> memfds;
  private final Map<Long, Optional<PageStore>> opened = new ConcurrentHashMap<>();

  private SharedMemory(DumpImages images, PageStores stores, Map<Long, Long> memfds) {
    this.images = images;
    this.stores = stores;
    this.memfds = memfds;
  }

  static SharedMemory read(List<DumpImages> generations, int pageSize, FindingLog log)
      throws IOException {
    DumpImages images = generations.get(0);
    PageStores stores = new PageStores(generations, pageSize, log);
    return new SharedMemory(images, stores, memfds(images));
  }

  /** Which shared memory a memfd is, by its number in {@code files.img}. */
  private static Map<Long, Long> memfds(DumpImages images) throws IOException {
    Map<Long, Long> inodes = new HashMap<>();
    Optional<ByteSource> memfds = images.content("memfd.img");
    if (memfds.isEmpty()) {
      return Map.of();
    }
    images.entries(
        memfds.get(),
        0,
        MemfdInodeEntry.parser(),
        (inode, offset) ->
            inodes.put(inode.getInodeId(), Integer.toUnsignedLong(inode.getShmid())));
    Map<Long, Long> found = new HashMap<>();
    Optional<ByteSource> files = images.content("files.img");
    if (files.isPresent()) {
      images.entries(
          files.get(),
          0,
          FileEntry.parser(),
          (file, offset) -> {
            Long id = inodes.get(Integer.toUnsignedLong(file.getMemfd().getInodeId()));
            if (file.hasMemfd() && id != null) {
              found.put(Integer.toUnsignedLong(file.getId()), id);
            }
          });
    }
    return found;
  }

  /** The numbers of all that the dump has pages of. Ascending. */
  SortedSet<Long> ids() throws IOException {
    return images.numbers("pagemap-shmem-");
  }

  /** The number of the shared memory that an area maps; empty when it maps none that is known. */
  Optional<Long> id(Area area) {
    return switch (area.kind()) {
      case MEMFD -> Optional.ofNullable(memfds.get(area.sharedId()));
      case SHARED, SYSV -> Optional.of(area.sharedId());
      default -> Optional.empty();
    };
  }

  Optional<PageStore> store(Area area) throws IOException {
    Optional<Long> id = id(area);
    return id.isEmpty() ? Optional.empty() : store(id.get());
  }

  Optional<PageStore> store(long id) throws IOException {
    Optional<PageStore> known = opened.get(id);
    if (known == null) {
      known = stores.ofShared(id);
      opened.put(id, known);
    }
    return known;
  }
}
