package drydock.checkpoint.memory;

import drydock.checkpoint.memory.search.PatternScan;
import drydock.checkpoint.memory.search.PatternSet;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * Looks for patterns in all that a dump has of memory, in one pass: what is private to a process,
 * what is shared, and what was under way in pipes, queues and the like.
 *
 * <p>Memory that several processes share is told once, with all who map it. A match may reach over
 * borders of pages and areas wherever addresses go on. Order: that in which pages lie in the
 * archive. For one thread.
 */
public final class MemorySearch {
  private final Memory memory;
  private final PatternSet patterns;
  private final int context;
  private final FindingLog log;

  /**
   * @param context how many bytes before and after a match are given
   */
  public MemorySearch(Memory memory, PatternSet patterns, int context, FindingLog log) {
    this.memory = memory;
    this.patterns = patterns;
    this.context = context;
    this.log = log;
  }

  /**
   * Finds all.
   *
   * @param pids whose memory, with what they share; empty for all, and for what is no process's
   */
  public void run(Set<Integer> pids, Hit.Sink sink) throws IOException {
    MemoryVisit visit = new MemoryVisit(memory, log);
    PatternScan scan = new PatternScan(patterns);
    visit.run(
        pids,
        visited ->
            visited
                .space()
                .walk(
                    patterns.overlap(),
                    new StretchScan(
                        scan,
                        log,
                        (pattern, address, buffer, from, to) -> {
                          byte[] bytes = Arrays.copyOfRange(buffer, from, to);
                          sink.found(visit.hit(visited, pattern, address, bytes, context));
                        })));
  }
}
