package drydock.report.checkpoint;

import drydock.checkpoint.criu.Capabilities;
import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.Credentials.Ids;
import drydock.checkpoint.criu.Namespaces;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Signals;
import drydock.checkpoint.criu.TaskThread;
import drydock.fs.Name;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code process}. */
public final class ProcessReport {
  public static final Report<ProcessRow> REPORT =
      new Report<>(
          columns(),
          List.of(
              "pid",
              "parent_pid",
              "uid",
              "state",
              "threads",
              "no_new_privs",
              "seccomp",
              "executable",
              "command"));

  private ProcessReport() {}

  private static List<Column<ProcessRow>> columns() {
    List<Column<ProcessRow>> all = new ArrayList<>();
    all.add(Column.of("pid", row -> Value.of(row.process().pid())));
    all.add(
        Column.<ProcessRow>of("parent_pid", row -> Value.of(row.process().parentPid()))
            .header("PPID"));
    all.add(
        Column.<ProcessRow>of("process_group", row -> Value.of(row.process().processGroup()))
            .header("PGID"));
    all.add(
        Column.<ProcessRow>of("session", row -> Value.of(row.process().session())).header("SID"));
    all.add(
        Column.<ProcessRow>of("command", row -> text(row.process().command()))
            .shown(ProcessReport::commandLine));
    all.add(Column.of("arguments", row -> texts(row, ProcessRow.Start::arguments)));
    all.add(Column.of("environment", row -> texts(row, ProcessRow.Start::environment)));
    all.add(Column.of("state", row -> Value.of(row.process().state().label())));
    all.add(Column.of("exit_code", row -> Value.of(row.process().exitCode())));
    all.add(Column.of("exit_signal", row -> exitSignal(row.process())));
    addFiles(all);
    addCredentials(all);
    addSurroundings(all);
    ProcessDetails.add(all);
    all.add(Column.of("origin", row -> Value.of(row.process().origin())));
    return List.copyOf(all);
  }

  private static void addFiles(List<Column<ProcessRow>> all) {
    all.add(
        Column.<ProcessRow>of("executable", row -> path(row.executable()))
            .shown(row -> shown(row.executable())));
    all.add(Column.of("executable_deleted", row -> deleted(row.executable())));
    all.add(Column.of("working_directory", row -> path(row.workingDirectory())));
    all.add(Column.of("root", row -> path(row.root())));
    all.add(Column.of("umask", row -> octal(row.process().files().umask())));
  }

  private static void addCredentials(List<Column<ProcessRow>> all) {
    all.add(Column.of("uid", row -> of(row, c -> Value.of(c.users().effective()))));
    all.add(Column.of("gid", row -> of(row, c -> Value.of(c.groups().effective()))));
    all.add(Column.of("user_ids", row -> of(row, c -> ids(c.users()))));
    all.add(Column.of("group_ids", row -> of(row, c -> ids(c.groups()))));
    all.add(Column.of("groups", row -> of(row, c -> numbers(c.supplementary()))));
    all.add(Column.of("host_uid", row -> Value.of(row.hostUid())));
    all.add(Column.of("host_gid", row -> Value.of(row.hostGid())));
    all.add(Column.of("capabilities", row -> of(row, c -> capabilities(c.capabilities()))));
    all.add(
        Column.<ProcessRow>of("no_new_privs", row -> of(row, c -> Value.of(c.noNewPrivileges())))
            .header("NO NEW PRIVS"));
    all.add(Column.of("secure_bits", row -> of(row, c -> Value.of(c.securityBits()))));
    all.add(Column.of("security_profile", row -> of(row, c -> text(c.profile()))));
    all.add(Column.of("seccomp", row -> Value.of(seccomp(row))));
    all.add(Column.of("seccomp_filters", ProcessReport::filters));
  }

  private static void addSurroundings(List<Column<ProcessRow>> all) {
    all.add(Column.of("cgroup", ProcessReport::cgroups));
    all.add(Column.of("namespaces", ProcessReport::namespaces));
    all.add(
        Column.of(
            "host_namespaces",
            row -> row.namespaces().outsideKnown() ? Value.of(outside(row)) : null));
    all.add(Column.of("host_name", row -> text(hostName(row))));
    all.add(
        Column.<ProcessRow>of("threads", ProcessReport::threads)
            .shown(row -> Integer.toString(row.process().threads().size())));
  }

  static @Nullable Value text(@Nullable Name name) {
    return RenderedValue.text(name);
  }

  /** What credentials have. */
  @FunctionalInterface
  private interface Part {
    @Nullable Value of(Credentials credentials);
  }

  private static @Nullable Value of(ProcessRow row, Part part) {
    Credentials credentials = row.credentials();
    return credentials == null ? null : part.of(credentials);
  }

  private static @Nullable Value texts(
      ProcessRow row, Function<ProcessRow.Start, List<byte[]>> part) {
    return row.start() == null
        ? null
        : RenderedValue.many(part.apply(row.start()).stream().map(Value.Bytes::new).toList());
  }

  /** As ps shows it: the arguments, or in brackets the name of a process that has none. */
  private static String commandLine(ProcessRow row) {
    StringBuilder line = new StringBuilder("  ".repeat(Math.min(row.depth(), 40)));
    ProcessRow.Start start = row.start();
    if (start != null && !start.arguments().isEmpty()) {
      List<String> words =
          start.arguments().stream().map(each -> new Value.Bytes(each).text()).toList();
      return line.append(String.join(" ", words)).toString();
    }
    Value name = text(row.process().command());
    return line.append('[').append(name == null ? "?" : name.text()).append(']').toString();
  }

  private static @Nullable Value exitSignal(Process process) {
    Long signal = process.exitSignal();
    return signal == null ? null : new Value.Text(Signals.name(signal));
  }

  private static @Nullable Value path(@Nullable OpenFile file) {
    return file == null ? null : text(file.path());
  }

  private static String shown(@Nullable OpenFile file) {
    Value path = path(file);
    return file == null || path == null
        ? "-"
        : path.text() + (file.isDeleted() ? " (deleted)" : "");
  }

  private static @Nullable Value deleted(@Nullable OpenFile file) {
    return file == null ? null : new Value.Flag(file.isDeleted());
  }

  private static @Nullable Value octal(@Nullable Long number) {
    return number == null ? null : new Value.Text("0" + Long.toOctalString(number));
  }

  private static Value ids(Ids ids) {
    return RenderedValue.pairs(
        "real", Value.of(ids.real()),
        "effective", Value.of(ids.effective()),
        "saved", Value.of(ids.saved()),
        "files", Value.of(ids.files()));
  }

  static Value numbers(List<Long> numbers) {
    return RenderedValue.many(numbers.stream().map(Value.Whole::new).toList());
  }

  static Value capabilities(Capabilities sets) {
    return RenderedValue.pairs(
        "inheritable", Value.of(Capabilities.names(sets.inheritable())),
        "permitted", Value.of(Capabilities.names(sets.permitted())),
        "effective", Value.of(Capabilities.names(sets.effective())),
        "bounding", Value.of(Capabilities.names(sets.bounding())),
        "ambient", Value.of(Capabilities.names(sets.ambient())));
  }

  private static @Nullable String seccomp(ProcessRow row) {
    TaskThread leader = row.process().leader();
    return leader == null ? null : leader.seccomp();
  }

  private static Value filters(ProcessRow row) {
    return RenderedValue.many(
        row.filters().stream()
            .map(
                each ->
                    RenderedValue.pairs(
                        "filter", Value.of(each.number()),
                        "instructions", Value.of(each.instructions()),
                        "flags", Value.of(each.flags())))
            .toList());
  }

  private static Value cgroups(ProcessRow row) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    row.cgroups().forEach(each -> values.put(each.controllers(), text(each.path())));
    return new Value.Pairs(values);
  }

  private static Value namespaces(ProcessRow row) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    Namespaces.KINDS.forEach(
        kind -> {
          Long id = row.process().kernelIds().get(kind);
          if (id != null) {
            values.put(kind, Value.of(id));
          }
        });
    return new Value.Pairs(values);
  }

  /** Those that it had in common with the one who made the checkpoint. */
  private static List<String> outside(ProcessRow row) {
    List<String> kinds = new ArrayList<>();
    for (String kind : Namespaces.KINDS) {
      Long id = row.process().kernelIds().get(kind);
      if (id != null && row.namespaces().outside().contains(id)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static @Nullable Name hostName(ProcessRow row) {
    Long uts = row.process().kernelIds().get("uts");
    Namespaces.HostName name = uts == null ? null : row.namespaces().hostNames().get(uts);
    return name == null ? null : name.host();
  }

  private static Value threads(ProcessRow row) {
    return RenderedValue.many(row.process().threads().stream().map(ProcessReport::thread).toList());
  }

  private static Value thread(TaskThread thread) {
    Credentials credentials = thread.credentials();
    return RenderedValue.pairs(
        "tid", Value.of(thread.tid()),
        "command", text(thread.command()),
        "user_ids", credentials == null ? null : ids(credentials.users()),
        "group_ids", credentials == null ? null : ids(credentials.groups()),
        "capabilities", credentials == null ? null : capabilities(credentials.capabilities()),
        "nice", Value.of(thread.schedule().nice()),
        "policy", Value.of(thread.schedule().policy()),
        "priority", Value.of(thread.schedule().priority()),
        "signals_blocked", Value.of(Signals.names(thread.blocked())),
        "signals_pending", ProcessDetails.pending(thread.pending()),
        "death_signal",
            thread.deathSignal() == 0 ? null : Value.of(Signals.name(thread.deathSignal())),
        "seccomp", Value.of(thread.seccomp()),
        "seccomp_filter", Value.of(thread.filter()));
  }
}
