package drydock.finding;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LeftOutException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The findings of one run, each once. Safe from many threads; handed down, never static.
 *
 * <p>Keeps at most {@value #MAX_KEPT} of them (hostile evidence can make millions) and counts the
 * rest, which {@link #list} tells in a last line.
 */
public final class FindingLog {
  private static final int MAX_KEPT = 10_000;
  private final Set<Finding> kept = new LinkedHashSet<>();
  private long dropped;

  /** Asked for every file of a walk: without the lock. */
  private volatile boolean isEmpty = true;

  public synchronized void add(Finding finding) {
    isEmpty = false;
    if (kept.size() < MAX_KEPT) {
      kept.add(finding);
    } else if (!kept.contains(finding)) {
      dropped++;
    }
  }

  /** Adds what an exception said, for a reader that goes on after it. */
  public void add(IOException e, Origin where) {
    if (e instanceof CorruptDataException corrupt) {
      add(Finding.of(corrupt));
    } else if (e instanceof LeftOutException) {
      add(Finding.missing(where, String.valueOf(e.getMessage())));
    } else {
      add(new Finding(Severity.DAMAGE, String.valueOf(e.getMessage()), where, null, null, null));
    }
  }

  public boolean isEmpty() {
    return isEmpty;
  }

  /** Whether the answer is less than whole: something is damaged or missing. */
  public synchronized boolean hasLosses() {
    return dropped > 0 || kept.stream().anyMatch(f -> f.severity() != Severity.NOTE);
  }

  /** All of them, sorted, so that the same evidence gives the same list. */
  public synchronized List<Finding> list() {
    List<Finding> sorted = new ArrayList<>(kept);
    sorted.sort(FindingLog::compare);
    if (dropped > 0) {
      sorted.add(
          new Finding(
              Severity.DAMAGE,
              dropped + " more findings that are not listed",
              Origin.of("findings"),
              null,
              null,
              null));
    }
    return sorted;
  }

  private static int compare(Finding a, Finding b) {
    int order = a.severity().compareTo(b.severity());
    if (order == 0) {
      order = a.origin().toString().compareTo(b.origin().toString());
    }
    if (order == 0) {
      order = nullsFirst(a.offset(), b.offset());
    }
    if (order == 0) {
      order = a.what().compareTo(b.what());
    }
    return order != 0 ? order : nullsFirst(a.found(), b.found());
  }

  private static <T extends Comparable<T>> int nullsFirst(@Nullable T a, @Nullable T b) {
    return a == null || b == null ? Boolean.compare(a != null, b != null) : a.compareTo(b);
  }
}
