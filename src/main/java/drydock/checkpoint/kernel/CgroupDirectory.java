package drydock.checkpoint.kernel;

import drydock.fs.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control group of the container's, and what was set of it.
 *
 * @param controllers of its hierarchy, as in /proc/PID/cgroup; {@code ""} of version 2
 * @param mode permissions of its directory; null where they are not known
 */
public record CgroupDirectory(
    List<String> controllers,
    Name path,
    @Nullable Long mode,
    @Nullable Long owner,
    @Nullable Long group,
    List<Property> properties) {
  /** A file of it, as {@code memory.max}, with what stood in it. */
  public record Property(Name name, Name value) {}
}
