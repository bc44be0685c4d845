package drydock.checkpoint.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who maps which shared memory where. Immutable, safe from many threads. */
final class SharedPlaces {
  private final Map<Long, List<Hit.Place>> places = new TreeMap<>();

  private SharedPlaces() {}

  /** Looks at the areas of processes; of all when none are named. */
  static SharedPlaces read(Memory memory, Set<Integer> pids) throws IOException {
    SharedPlaces found = new SharedPlaces();
    for (int pid : memory.pids()) {
      Optional<List<Area>> areas =
          pids.isEmpty() || pids.contains(pid) ? memory.areas(pid) : Optional.empty();
      byte[] command = memory.command(pid).orElse(null);
      for (Area area : areas.orElse(List.of())) {
        Optional<Long> id = memory.shared().id(area);
        if (id.isPresent()) {
          found
              .places
              .computeIfAbsent(id.get(), key -> new ArrayList<>())
              .add(new Hit.Place(pid, command, area.start(), area, memory.file(area).orElse(null)));
        }
      }
    }
    return found;
  }

  boolean isMapped(long id) {
    return places.containsKey(id);
  }

  /** Where the byte at an offset is mapped, by process and address. */
  List<Hit.Place> of(long id, long offset) {
    List<Hit.Place> found = new ArrayList<>();
    for (Hit.Place place : places.getOrDefault(id, List.of())) {
      Area area = place.area();
      if (area != null && offset >= area.offset() && offset - area.offset() < area.size()) {
        long address = area.start() + (offset - area.offset());
        found.add(new Hit.Place(place.pid(), place.command(), address, area, place.file()));
      }
    }
    return found;
  }
}
