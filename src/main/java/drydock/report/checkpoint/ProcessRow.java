package drydock.report.checkpoint;

import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.Namespaces;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.TaskThread;
import drydock.checkpoint.kernel.SeccompFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process with what belongs to it.
 *
 * @param depth how many of its ancestors are shown
 * @param start what its memory has of its arguments and environment; null when there is no memory
 * @param executable null where the images do not tell it; so the others
 * @param cgroups where it is in each hierarchy
 * @param filters of system calls, of the thread that began it: the last one first
 * @param hostUid its effective user outside of its user namespace; null where that is not known
 * @param hostGid likewise its group
 */
public record ProcessRow(
    Process process,
    int depth,
    @Nullable Start start,
    @Nullable OpenFile executable,
    @Nullable OpenFile workingDirectory,
    @Nullable OpenFile root,
    List<Namespaces.Cgroup> cgroups,
    Namespaces namespaces,
    List<SeccompFilter> filters,
    @Nullable Long hostUid,
    @Nullable Long hostGid) {
  /**
   * Arguments and environment, as /proc/PID shows them.
   *
   * @param isWhole whether all of that memory is in the dump
   */
  public record Start(List<byte[]> arguments, List<byte[]> environment, boolean isWhole) {}

  /** Those of the thread that began it; null of one that has ended. */
  @Nullable Credentials credentials() {
    TaskThread leader = process.leader();
    return leader == null ? null : leader.credentials();
  }
}
