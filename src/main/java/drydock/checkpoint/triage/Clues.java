package drydock.checkpoint.triage;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Process;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what rules find. For one thread. */
final class Clues {
  private static final Comparator<Clue> ORDER =
      Comparator.comparing(Clue::severity).thenComparing(Clue::kind);

  private final List<Clue> found = new ArrayList<>();

  void add(ClueKind kind, @Nullable Process process, String what, Origin origin) {
    add(kind, kind.severity(), process, what, origin);
  }

  /** One that is worth more, or less, than others of its kind. */
  void add(
      ClueKind kind, Severity severity, @Nullable Process process, String what, Origin origin) {
    found.add(new Clue(severity, kind, process, what, origin));
  }

  /** What is worth most first; within one kind in the order of finding. */
  List<Clue> sorted() {
    return found.stream().sorted(ORDER).toList();
  }
}
