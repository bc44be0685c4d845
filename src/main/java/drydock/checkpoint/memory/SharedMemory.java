package drydock.checkpoint.memory;

import java.io.IOException;
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
  private final MappedFiles files;
  private final Map<Long, Optional<PageStore>> opened = new ConcurrentHashMap<>();

  SharedMemory(DumpImages images, PageStores stores, MappedFiles files) {
    this.images = images;
    this.stores = stores;
    this.files = files;
  }

  /** The numbers of all that the dump has pages of. Ascending. */
  SortedSet<Long> ids() throws IOException {
    return images.numbers("pagemap-shmem-");
  }

  /** The number of the shared memory that an area maps; empty when it maps none that is known. */
  Optional<Long> id(Area area) {
    return switch (area.kind()) {
      case MEMFD -> files.memfd(area.sharedId());
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
