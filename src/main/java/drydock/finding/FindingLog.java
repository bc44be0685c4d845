package drydock.finding;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The findings of one run, each once. Safe from many threads; handed down, never static.
 *
 * <p>Keeps at most {@value #MAX_KEPT} of them (hostile evidence can make millions) and counts the
 * rest, which {@link #list} tells in a last line.
 */
public final class FindingLog {
  private static final int MAX_KEPT = 10_000;
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(f -> f.origin().toString())
          .thenComparing(Finding::offset, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Finding::what)
          .thenComparing(Finding::found, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Set<Finding> kept = new LinkedHashSet<>();
  private long dropped;

  public synchronized void add(Finding finding) {
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
    } else {
      add(new Finding(Severity.DAMAGE, String.valueOf(e.getMessage()), where, null, null, null));
    }
  }

  /** Whether the answer is less than whole: something is damaged or missing. */
  public synchronized boolean hasLosses() {
    return dropped > 0 || kept.stream().anyMatch(f -> f.severity() != Severity.NOTE);
  }

  /** All of them, sorted, so that the same evidence gives the same list. */
  public synchronized List<Finding> list() {
    List<Finding> sorted = new ArrayList<>(kept);
    sorted.sort(ORDER);
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
}
