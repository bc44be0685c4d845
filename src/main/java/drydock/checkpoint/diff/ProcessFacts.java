package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Capabilities;
import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.PendingSignal;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.criu.TaskThread;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.StartText;
import drydock.fs.Name;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of processes, under the names of the record {@code process}. */
record ProcessFacts(Pairing pairing) {
  SortedMap<Pairing.Key, Item> of(Side side) throws IOException {
    SortedMap<Pairing.Key, Item> items = new TreeMap<>();
    for (Process each : side.processes().values()) {
      Name command = each.command();
      Rendered what = command == null ? new Rendered.Word("?") : new Rendered.Text(command.bytes());
      items.put(
          pairing.key(side, each, 0), new Item(each.pid(), what, facts(side, each), each.origin()));
    }
    return items;
  }

  private static Rendered.Fields facts(Side side, Process process) throws IOException {
    Facts facts = new Facts();
    facts.put("command", process.command());
    facts.put("parent_pid", process.parentPid());
    facts.put("process_group", process.processGroup());
    facts.put("session", process.session());
    facts.put("state", process.state().label());
    facts.put("exit_code", process.exitCode());
    facts.put("exit_signal", process.exitSignal());
    Process.Files files = process.files();
    OpenFile executable = side.file(files.executable());
    if (executable != null) {
      facts.put("executable", executable.path());
      facts.put("executable_deleted", executable.isDeleted());
    }
    Optional<AddressSpace> space = side.space(process);
    if (space.isPresent()) {
      byte[] line = new StartText(space.get()).commandLine();
      facts.texts("arguments", StartText.texts(line));
    }
    facts.put("working_directory", side.path(files.workingDirectory()));
    facts.put("root", side.path(files.root()));
    Long umask = files.umask();
    facts.put("umask", umask == null ? null : String.format(Locale.ROOT, "%04o", umask));
    TaskThread leader = process.leader();
    if (leader != null) {
      credentials(facts, leader.credentials());
      facts.put("seccomp", leader.seccomp());
    }
    kernel(facts, process);
    return facts.fields();
  }

  private static void credentials(Facts facts, @Nullable Credentials credentials) {
    if (credentials == null) {
      return;
    }
    facts.numbers("user_ids", ids(credentials.users()));
    facts.numbers("group_ids", ids(credentials.groups()));
    facts.numbers("groups", credentials.supplementary());
    Capabilities sets = credentials.capabilities();
    facts.put(
        "capabilities",
        new Facts()
            .words("inheritable", Capabilities.names(sets.inheritable()))
            .words("permitted", Capabilities.names(sets.permitted()))
            .words("effective", Capabilities.names(sets.effective()))
            .words("bounding", Capabilities.names(sets.bounding()))
            .words("ambient", Capabilities.names(sets.ambient()))
            .fields());
    facts.put("no_new_privs", credentials.noNewPrivileges());
    facts.put("secure_bits", credentials.securityBits());
    facts.put("security_profile", credentials.profile());
  }

  private static List<Long> ids(Credentials.Ids ids) {
    return List.of(ids.real(), ids.effective(), ids.saved(), ids.files());
  }

  private static void kernel(Facts facts, Process process) {
    List<Rendered> threads = new ArrayList<>();
    for (TaskThread each : process.threads()) {
      Facts thread = new Facts().put("tid", each.tid()).put("command", each.command());
      thread.put("blocked", Facts.hex(each.blocked()));
      signals(thread, each.pending());
      threads.add(thread.fields());
    }
    facts.put("threads", new Rendered.Many(threads));
    signals(facts, process.task().signals());
    List<Rendered> actions = new ArrayList<>();
    for (Process.SignalAction each : process.task().actions()) {
      if (each.handler() != 0) {
        actions.add(
            new Facts()
                .put("signal", each.signal())
                .put("handler", Facts.hex(each.handler()))
                .fields());
      }
    }
    facts.put("signal_actions", new Rendered.Many(actions));
    Integer score = process.task().oomScoreAdjustment();
    facts.put("oom_score_adj", score == null ? null : score.longValue());
  }

  private static void signals(Facts facts, List<PendingSignal> signals) {
    facts.numbers("signals_pending", signals.stream().map(PendingSignal::signal).toList());
  }
}
