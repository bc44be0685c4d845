package drydock.checkpoint.criu;

import drydock.checkpoint.criu.Process.ProcessTimer;
import drydock.checkpoint.criu.Process.SignalAction;
import drydock.fs.Name;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.CredsEntry;
import drydock.proto.criu.ItimerEntry;
import drydock.proto.criu.PosixTimerEntry;
import drydock.proto.criu.RlimitEntry;
import drydock.proto.criu.SaEntry;
import drydock.proto.criu.SiginfoEntry;
import drydock.proto.criu.TaskCoreEntry;
import drydock.proto.criu.ThreadCoreEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cores of tasks as records; what older versions kept in images of their own is taken from there.
 *
 * <p>Source: CRIU 4.2, criu/cr-dump.c; of signal actions criu/sigact.c, which leaves SIGKILL and
 * SIGSTOP out.
 */
final class Tasks {
  private static final int KILL = 9;
  private static final int STOP = 19;
  private static final long NO_USER = 0xffff_ffffL;
  private static final long SECOND = 1_000_000_000L;
  private static final long MICROSECOND = 1_000;

  private final Images images;

  Tasks(Images images) {
    this.images = images;
  }

  /** What the core of the first thread says of the process. */
  Process.Task task(long pid, CoreEntry core) throws IOException {
    TaskCoreEntry task = core.getTc();
    long noUser = Integer.toUnsignedLong(task.getLoginuid());
    return new Process.Task(
        Integer.toUnsignedLong(task.getPersonality()),
        Integer.toUnsignedLong(task.getFlags()),
        signals(pid, task),
        actions(pid, task),
        limits(pid, task),
        timers(pid, task),
        task.hasLoginuid() && noUser != NO_USER ? noUser : null,
        task.hasOomScoreAdj() ? task.getOomScoreAdj() : null,
        task.getChildSubreaper(),
        task.hasStopSigno() ? Integer.toUnsignedLong(task.getStopSigno()) : null);
  }

  /** A thread by its core. */
  TaskThread thread(long tid, @Nullable Name processName, CoreEntry core) throws IOException {
    ThreadCoreEntry thread = core.getThreadCore();
    TaskCoreEntry task = core.getTc();
    boolean ownSeccomp = thread.hasSeccompMode();
    boolean ownFilter = thread.hasSeccompFilter();
    boolean hasFilter = ownFilter || task.hasOldSeccompFilter();
    return new TaskThread(
        tid,
        thread.hasComm() ? Name.of(thread.getComm().toByteArray()) : processName,
        credentials(tid, thread),
        thread.hasBlkSigset() ? thread.getBlkSigset() : task.getBlkSigset(),
        pending(tid, thread),
        new TaskThread.Schedule(
            thread.getSchedNice(), thread.getSchedPolicy(), thread.getSchedPrio()),
        (ownSeccomp ? thread.getSeccompMode() : task.getOldSeccompMode()).name(),
        hasFilter
            ? Integer.toUnsignedLong(
                ownFilter ? thread.getSeccompFilter() : task.getOldSeccompFilter())
            : null,
        Integer.toUnsignedLong(thread.getPdeathSig()),
        cgroups(thread, task));
  }

  private static @Nullable Long cgroups(ThreadCoreEntry thread, TaskCoreEntry task) {
    if (thread.hasCgSet()) {
      return Integer.toUnsignedLong(thread.getCgSet());
    }
    return task.hasCgSet() ? Integer.toUnsignedLong(task.getCgSet()) : null;
  }

  private @Nullable Credentials credentials(long tid, ThreadCoreEntry thread) throws IOException {
    CredsEntry creds =
        thread.hasCreds()
            ? thread.getCreds()
            : Messages.first(images, ImageKind.CREDS.file(tid), CredsEntry.parser());
    return creds == null ? null : Credentials.of(creds);
  }

  private List<PendingSignal> pending(long tid, ThreadCoreEntry thread) throws IOException {
    return thread.hasSignalsP()
        ? PendingSignal.of(thread.getSignalsP())
        : queue(ImageKind.SIGNAL.file("p-" + tid));
  }

  private List<PendingSignal> signals(long pid, TaskCoreEntry task) throws IOException {
    return task.hasSignalsS()
        ? PendingSignal.of(task.getSignalsS())
        : queue(ImageKind.SIGNAL.file("s-" + pid));
  }

  private List<PendingSignal> queue(String image) throws IOException {
    List<PendingSignal> all = new ArrayList<>();
    Messages.each(
        images,
        image,
        SiginfoEntry.parser(),
        (info, entry) -> all.add(PendingSignal.of(info.getSiginfo().toByteArray())));
    return all;
  }

  private List<SignalAction> actions(long pid, TaskCoreEntry task) throws IOException {
    List<SaEntry> entries = new ArrayList<>(task.getSigactionsList());
    if (entries.isEmpty()) {
      Messages.each(
          images, ImageKind.SIGACT.file(pid), SaEntry.parser(), (each, entry) -> entries.add(each));
    }
    List<SignalAction> actions = new ArrayList<>();
    int signal = 0;
    for (SaEntry each : entries) {
      signal++;
      while (signal == KILL || signal == STOP) {
        signal++;
      }
      actions.add(new SignalAction(signal, each.getSigaction(), each.getFlags(), each.getMask()));
    }
    return actions;
  }

  private List<Process.Limit> limits(long pid, TaskCoreEntry task) throws IOException {
    List<RlimitEntry> entries = new ArrayList<>(task.getRlimits().getRlimitsList());
    if (entries.isEmpty()) {
      Messages.each(
          images,
          ImageKind.RLIMIT.file(pid),
          RlimitEntry.parser(),
          (each, entry) -> entries.add(each));
    }
    return Limits.of(entries);
  }

  private List<ProcessTimer> timers(long pid, TaskCoreEntry task) throws IOException {
    List<ItimerEntry> interval = new ArrayList<>();
    List<PosixTimerEntry> posix = new ArrayList<>(task.getTimers().getPosixList());
    if (task.hasTimers()) {
      interval.add(task.getTimers().getReal());
      interval.add(task.getTimers().getVirt());
      interval.add(task.getTimers().getProf());
    } else {
      Messages.each(
          images,
          ImageKind.ITIMERS.file(pid),
          ItimerEntry.parser(),
          (each, e) -> interval.add(each));
      Messages.each(
          images,
          ImageKind.POSIX_TIMERS.file(pid),
          PosixTimerEntry.parser(),
          (each, entry) -> posix.add(each));
    }
    List<ProcessTimer> timers = new ArrayList<>();
    List<String> kinds = List.of("real", "virtual", "profile");
    for (int i = 0; i < Math.min(kinds.size(), interval.size()); i++) {
      ItimerEntry each = interval.get(i);
      long value = each.getVsec() * SECOND + each.getVusec() * MICROSECOND;
      long every = each.getIsec() * SECOND + each.getIusec() * MICROSECOND;
      if (value != 0 || every != 0) {
        timers.add(new ProcessTimer(kinds.get(i), i, value, every, null));
      }
    }
    posix.forEach(each -> timers.add(posix(each)));
    return timers;
  }

  private static ProcessTimer posix(PosixTimerEntry timer) {
    return new ProcessTimer(
        "posix, clock " + timer.getClockId(),
        Integer.toUnsignedLong(timer.getItId()),
        timer.getVsec() * SECOND + timer.getVnsec(),
        timer.getIsec() * SECOND + timer.getInsec(),
        Integer.toUnsignedLong(timer.getSiSigno()));
  }
}
