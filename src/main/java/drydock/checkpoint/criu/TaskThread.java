package drydock.checkpoint.criu;

import drydock.fs.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a process.
 *
 * @param blocked the set of signals that it does not take
 * @param seccomp {@code disabled}, {@code strict} or {@code filter}
 * @param filter which of the filters of {@code seccomp.img}; null when there is none
 * @param deathSignal what it gets when its parent ends; 0 is nothing
 */
public record TaskThread(
    long tid,
    @Nullable Name command,
    @Nullable Credentials credentials,
    long blocked,
    List<PendingSignal> pending,
    Schedule schedule,
    String seccomp,
    @Nullable Long filter,
    long deathSignal,
    @Nullable Long cgroupSet) {
  /** How the kernel gives it time; policy 0 is the usual one. */
  public record Schedule(long nice, long policy, long priority) {}
}
