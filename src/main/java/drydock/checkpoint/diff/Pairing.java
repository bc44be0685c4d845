package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Process;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which processes of both are the same. */
final class Pairing {
  /** What a thing of a process is known by: the process, and a number of its own. */
  record Key(long pid, int run, long number) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::pid)
            .thenComparingInt(Key::run)
            .thenComparing(Key::number, Long::compareUnsigned);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private final Side before;
  private final Side after;
  private final SortedSet<Long> same = new TreeSet<>();

  Pairing(Side before, Side after) {
    this.before = before;
    this.after = after;
    for (Process was : before.processes().values()) {
      Process is = after.processes().get(was.pid());
      if (is != null && isSame(was, is)) {
        same.add(was.pid());
      }
    }
  }

  /** One that has ended has no addresses any more: then its number alone counts. */
  private static boolean isSame(Process was, Process is) {
    Process.Layout one = was.layout();
    Process.Layout other = is.layout();
    if (one == null || other == null) {
      return one != null || other == null;
    }
    return one.stack() == other.stack() && one.auxiliary().equals(other.auxiliary());
  }

  /** The numbers of processes that are the same in both. */
  SortedSet<Long> same() {
    return same;
  }

  Key key(Side side, Process process, long number) {
    long pid = process.pid();
    return new Key(pid, same.contains(pid) ? 0 : side == before ? 1 : 2, number);
  }

  Side before() {
    return before;
  }

  Side after() {
    return after;
  }
}
