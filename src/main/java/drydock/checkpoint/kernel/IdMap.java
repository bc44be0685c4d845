package drydock.checkpoint.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which ids inside of a user namespace are which outside of it. */
public record IdMap(List<Range> ranges) {
  /** So many ids from {@code first} on are those from {@code outside} on. */
  public record Range(long first, long outside, long count) {}

  /** The id outside; null when it has none there. */
  public @Nullable Long outside(long id) {
    for (Range each : ranges) {
      if (id >= each.first() && id - each.first() < each.count()) {
        return each.outside() + (id - each.first());
      }
    }
    return null;
  }
}
