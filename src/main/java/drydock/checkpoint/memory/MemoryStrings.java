package drydock.checkpoint.memory;

import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Lists what looks like text in all that a dump has of memory, as {@code strings(1)} does of a
 * file. Goes on over borders of pages and areas. For one thread.
 */
public final class MemoryStrings {
  private final Memory memory;
  private final int shortest;
  private final List<TextKind> kinds;
  private final FindingLog log;

  /**
   * @param shortest how many characters make a text
   */
  public MemoryStrings(Memory memory, int shortest, List<TextKind> kinds, FindingLog log) {
    this.memory = memory;
    this.shortest = shortest;
    this.kinds = List.copyOf(kinds);
    this.log = log;
  }

  /**
   * Lists all; the pattern of a hit is the number of its kind.
   *
   * @param pids whose memory, with what they share; empty for all, and for what is no process's
   */
  public void run(Set<Integer> pids, Hit.Sink sink) throws IOException {
    MemoryVisit visit = new MemoryVisit(memory, log);
    visit.run(
        pids,
        none -> {},
        visited ->
            visited
                .space()
                .walk(
                    0,
                    new StringWalk(
                        shortest,
                        kinds,
                        log,
                        (kind, address, bytes) ->
                            sink.found(visit.hit(visited, kind, address, bytes, 0)))));
  }
}
