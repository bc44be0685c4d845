package drydock.report.checkpoint;

import drydock.checkpoint.criu.PendingSignal;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Process.SignalAction;
import drydock.checkpoint.criu.Signals;
import drydock.checkpoint.criu.TaskThread;
import drydock.report.Column;
import drydock.report.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The columns of processes that only records and wide tables have: signals, limits, timers. */
final class ProcessDetails {
  private static final int IGNORED = 1;

  private ProcessDetails() {}

  static void add(List<Column<ProcessRow>> all) {
    all.add(Column.of("architecture", row -> architecture(row.process())));
    all.add(Column.of("signals_pending", row -> pending(row.process().task().signals())));
    all.add(Column.of("signals_blocked", row -> blocked(row.process())));
    all.add(Column.of("signals_ignored", row -> actions(row.process(), at -> at == IGNORED)));
    all.add(
        Column.of("signals_caught", row -> actions(row.process(), at -> at != 0 && at != IGNORED)));
    all.add(Column.of("signal_actions", row -> handlers(row.process())));
    all.add(Column.of("stop_signal", row -> signal(row.process().task().stopSignal())));
    all.add(Column.of("limits", row -> limits(row.process())));
    all.add(Column.of("timers", row -> timers(row.process())));
    all.add(Column.of("login_uid", row -> Value.of(row.process().task().loginUser())));
    all.add(Column.of("oom_score_adj", row -> Value.of(row.process().task().oomScoreAdjustment())));
    all.add(Column.of("child_subreaper", row -> Value.of(row.process().task().childSubreaper())));
    all.add(Column.of("personality", row -> hex(row.process().task().personality())));
    all.add(Column.of("kernel_flags", row -> hex(row.process().task().flags())));
    all.add(Column.of("dumpable", row -> dumpable(row.process())));
    all.add(Column.of("kernel_ids", row -> ids(row.process())));
    all.add(
        Column.of(
            "arguments_whole",
            row -> row.start() == null ? null : Value.of(row.start().isWhole())));
  }

  private static @Nullable Value architecture(Process process) {
    return process.architecture() == null ? null : Value.of(process.architecture().label());
  }

  static Value pending(List<PendingSignal> signals) {
    return RenderedValue.many(
        signals.stream()
            .map(
                each ->
                    RenderedValue.pairs(
                        "signal", Value.of(Signals.name(each.signal())),
                        "code", Value.of(each.code()),
                        "sender_pid", Value.of(each.senderPid()),
                        "sender_uid", Value.of(each.senderUser())))
            .toList());
  }

  private static @Nullable Value blocked(Process process) {
    TaskThread leader = process.leader();
    return leader == null ? null : Value.of(Signals.names(leader.blocked()));
  }

  private static Value actions(Process process, LongPredicate chosen) {
    return Value.of(
        process.task().actions().stream()
            .filter(each -> chosen.test(each.handler()))
            .map(SignalAction::signal)
            .map(Signals::name)
            .toList());
  }

  /** Those that a program set: where its handlers lie, and what they are called with. */
  private static Value handlers(Process process) {
    return RenderedValue.many(
        process.task().actions().stream()
            .filter(each -> each.handler() != 0 || each.flags() != 0)
            .map(
                each ->
                    RenderedValue.pairs(
                        "signal", Value.of(Signals.name(each.signal())),
                        "handler", handler(each.handler()),
                        "flags", hex(each.flags()),
                        "blocked_meanwhile", Value.of(Signals.names(each.mask()))))
            .toList());
  }

  private static Value handler(long address) {
    return address == 0 || address == IGNORED
        ? new Value.Text(address == 0 ? "default" : "ignore")
        : hex(address);
  }

  private static @Nullable Value signal(@Nullable Long signal) {
    return signal == null || signal == 0 ? null : Value.of(Signals.name(signal));
  }

  private static Value limits(Process process) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    for (Process.Limit each : process.task().limits()) {
      values.put(
          each.name(), RenderedValue.pairs("soft", limit(each.soft()), "hard", limit(each.hard())));
    }
    return new Value.Pairs(values);
  }

  private static Value limit(long bits) {
    return bits == -1 ? new Value.Text("unlimited") : new Value.Count(bits);
  }

  private static Value timers(Process process) {
    return RenderedValue.many(
        process.task().timers().stream()
            .map(
                each ->
                    RenderedValue.pairs(
                        "kind", Value.of(each.kind()),
                        "id", Value.of(each.id()),
                        "value_ns", Value.of(each.value()),
                        "interval_ns", Value.of(each.interval()),
                        "signal", signal(each.signal())))
            .toList());
  }

  private static Value hex(long number) {
    return new Value.Text("0x" + Long.toHexString(number));
  }

  private static @Nullable Value dumpable(Process process) {
    return process.layout() == null ? null : Value.of(process.layout().dumpable());
  }

  private static Value ids(Process process) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    process.kernelIds().forEach((name, id) -> values.put(name, Value.of(id)));
    return new Value.Pairs(values);
  }
}
