package drydock.drift;

import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path that is not as it was.
 *
 * @param fields which differ, by their names in file records; none where there is one side only
 * @param upper how it is now; null of what is deleted
 * @param lower how it was; null of what is new
 * @param marks why it deserves a look: short names with a reason each
 * @param byRuntime whether the container's runtime made it, not a process of the container
 */
public record Change(
    TreePath path,
    ChangeKind kind,
    List<String> fields,
    @Nullable Side upper,
    @Nullable Side lower,
    Map<Mark, String> marks,
    boolean byRuntime) {

  /** What it is now or, when it is deleted, was. */
  public NodeType type() {
    return side().meta().type();
  }

  /** The side that tells most of it: the upper one where there is one. */
  public Side side() {
    Side known = upper != null ? upper : lower;
    if (known == null) {
      throw new IllegalStateException("a change has a side");
    }
    return known;
  }
}
