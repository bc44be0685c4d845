package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Optional;

/** Tells what is different in the memory of processes that are the same in both. */
record MemoryChanges(Pairing pairing, Difference.Sink sink, FindingLog log) {
  /** A process, as both have it. */
  @FunctionalInterface
  private interface Both {
    void of(AddressSpace before, AddressSpace after) throws IOException;
  }

  void areas() throws IOException {
    Comparison comparison = new Comparison(DifferenceKind.AREA, sink);
    each(
        (before, after) ->
            comparison.tell(
                AreaFacts.of(pairing.before(), before), AreaFacts.of(pairing.after(), after)));
  }

  void pages() throws IOException {
    each(this::pages);
  }

  private void each(Both both) throws IOException {
    for (long pid : pairing.same()) {
      Optional<AddressSpace> before = space(pairing.before(), pid);
      Optional<AddressSpace> after = space(pairing.after(), pid);
      if (before.isPresent() && after.isPresent()) {
        both.of(before.get(), after.get());
      }
    }
  }

  private static Optional<AddressSpace> space(Side side, long pid) throws IOException {
    Process process = side.processes().get(pid);
    return process == null ? Optional.empty() : side.space(process);
  }

  private void pages(AddressSpace before, AddressSpace after) throws IOException {
    if (before.pageSize() != after.pageSize()) {
      String what = "pages are of another size than before, so they are not compared";
      log.add(Finding.missing(after.origin(), what));
      return;
    }
    PageChanges changes = new PageChanges(before, after, log);
    for (Area area : after.areas()) {
      PageTally tally =
          area.kind() == AreaKind.GUARD ? new PageTally(after.pageSize()) : changes.of(area);
      if (!tally.isEmpty()) {
        sink.take(
            new Difference(
                DifferenceKind.PAGES,
                ChangeKind.CHANGED,
                (long) after.pid(),
                AreaFacts.range(area),
                null,
                told(area, tally),
                after.origin()));
      }
    }
  }

  private Rendered.Fields told(Area area, PageTally tally) throws IOException {
    Facts facts = new Facts();
    AreaFacts.describe(facts, pairing.after(), area);
    tally.tell(facts);
    return facts.fields();
  }
}
