package drydock.checkpoint.diff;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not the same in both.
 *
 * @param pid of the process that it is of; null where it is of none
 * @param what a number, path, range or name
 * @param before of what is changed only what differs; null of what was not there
 * @param after likewise
 * @param origin where it is said, in the later one if it is there
 */
public record Difference(
    DifferenceKind kind,
    ChangeKind change,
    @Nullable Long pid,
    Rendered what,
    Rendered.@Nullable Fields before,
    Rendered.@Nullable Fields after,
    Origin origin) {

  /** Takes differences, one after the other. */
  @FunctionalInterface
  public interface Sink {
    void take(Difference difference) throws IOException;
  }
}
