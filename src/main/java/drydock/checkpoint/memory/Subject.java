package drydock.checkpoint.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What has pages of its own: a process, or shared memory.
 *
 * @param place the number of the image of its pages: archives hold them in that order
 * @param pid -1 for shared memory
 * @param shared the number of shared memory
 */
record Subject(long place, int pid, long shared) {
  private static final int NOBODY = -1;

  boolean isProcess() {
    return pid != NOBODY;
  }

  /** All in the order of their pages; of processes that are not named, neither they nor theirs. */
  static List<Subject> all(Memory memory, SharedPlaces places, Set<Integer> pids)
      throws IOException {
    List<Subject> subjects = new ArrayList<>();
    PageStores stores = memory.stores(MemoryLayout.DEFAULT_PAGE);
    for (int pid : memory.pids()) {
      if (pids.isEmpty() || pids.contains(pid)) {
        subjects.add(new Subject(stores.placeOfProcess(pid), pid, 0));
      }
    }
    for (long id : memory.shared().ids()) {
      if (pids.isEmpty() || places.isMapped(id)) {
        subjects.add(new Subject(stores.placeOfShared(id), NOBODY, id));
      }
    }
    subjects.sort(
        Comparator.comparingLong(Subject::place)
            .thenComparingInt(Subject::pid)
            .thenComparingLong(Subject::shared));
    return subjects;
  }
}
