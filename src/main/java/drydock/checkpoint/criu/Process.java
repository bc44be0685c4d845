package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.fs.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process of a dump. Ids are those inside of its namespaces.
 *
 * @param parentPid null when the tree has lost the process; so group and session
 * @param exitStatus as wait(2) gives it, of one that has ended; null of others
 * @param command what the kernel calls it, at most 15 bytes; null when its core image is lost
 * @param kernelIds numbers of CRIU for what processes share: {@code files}, {@code fs}, {@code vm},
 *     {@code sighand}, and their namespaces as {@code pid}, {@code net} ...
 * @param layout where its arguments, environment, heap and stack lie; null of one that has ended
 * @param origin its entry in the tree, or else its core
 */
public record Process(
    long pid,
    @Nullable Long parentPid,
    @Nullable Long processGroup,
    @Nullable Long session,
    ProcessState state,
    @Nullable Long exitStatus,
    @Nullable Name command,
    @Nullable Architecture architecture,
    List<TaskThread> threads,
    Map<String, Long> kernelIds,
    Files files,
    @Nullable Layout layout,
    Task task,
    Origin origin) {
  /**
   * Numbers of the files that it holds besides its descriptors; null where they are not known.
   *
   * @param descriptors the number of the image of its descriptors
   */
  public record Files(
      @Nullable Long workingDirectory,
      @Nullable Long root,
      @Nullable Long umask,
      @Nullable Long executable,
      @Nullable Long descriptors) {}

  /** Addresses in its memory, as the kernel keeps them. Ranges are half-open. */
  public record Layout(
      Range code,
      Range data,
      Range heap,
      long stack,
      Range arguments,
      Range environment,
      List<Long> auxiliary,
      List<MappedFile> mapped,
      @Nullable Integer dumpable,
      boolean hugePagesDisabled) {}

  /** Addresses from {@code start} up to {@code end}. */
  public record Range(long start, long end) {}

  /** A part of a file that it has mapped, by the number of the file. */
  public record MappedFile(long file, Range range, long offset, long protection, boolean shared) {}

  /**
   * What the kernel keeps of it besides.
   *
   * @param flags the kernel's PF_ flags
   * @param signals who sent it what to the process as a whole, not yet taken
   * @param limits in the order of the kernel: processor time, file size, data ...
   * @param loginUser who logged in; null when nobody did
   */
  public record Task(
      long personality,
      long flags,
      List<PendingSignal> signals,
      List<SignalAction> actions,
      List<Limit> limits,
      List<ProcessTimer> timers,
      @Nullable Long loginUser,
      @Nullable Integer oomScoreAdjustment,
      boolean childSubreaper,
      @Nullable Long stopSignal) {}

  /** What it does about a signal: 0 the usual, 1 nothing, else the address of a handler. */
  public record SignalAction(long signal, long handler, long flags, long mask) {}

  /** A limit; all bits set is none. */
  public record Limit(String name, long soft, long hard) {}

  /**
   * A timer: setitimer(2) or timer_create(2).
   *
   * @param value until it fires, in nanoseconds; 0 is not set
   * @param signal what it sends; null where that goes without saying
   */
  public record ProcessTimer(
      String kind, long id, long value, long interval, @Nullable Long signal) {}

  /** Whether its parent is known and is that process. */
  public boolean isChildOf(long pid) {
    return parentPid != null && parentPid == pid;
  }

  /** What it returned, of one that ended by itself; null of others. */
  public @Nullable Long exitCode() {
    return exitStatus == null || (exitStatus & 0x7f) != 0 ? null : exitStatus >>> 8 & 0xff;
  }

  /** The signal that ended it; null when it ended by itself. */
  public @Nullable Long exitSignal() {
    return exitStatus == null || (exitStatus & 0x7f) == 0 ? null : exitStatus & 0x7f;
  }

  /** The thread that began it: its credentials are those that are shown of the process. */
  public @Nullable TaskThread leader() {
    return threads.isEmpty() ? null : threads.get(0);
  }
}
