package drydock.timeline;

import java.time.Instant;
import java.util.Set;

/**
 * Which events are wanted.
 *
 * @param since at that time or later
 * @param until before that time
 */
public record EventFilter(Instant since, Instant until, Set<EventKind> kinds) {
  /** Whether an event is wanted. */
  public boolean wants(Event event) {
    return wants(event.time()) && kinds.contains(event.kind());
  }

  boolean wants(Instant time) {
    return !time.isBefore(since) && time.isBefore(until);
  }
}
