package drydock.cli.checkpoint;

import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Namespaces;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.TaskThread;
import drydock.checkpoint.kernel.IdMap;
import drydock.checkpoint.kernel.SeccompFilters;
import drydock.checkpoint.kernel.UserMaps;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.StartText;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.report.Report;
import drydock.report.checkpoint.ProcessRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Processes of a dump with their files, their memory's arguments, and where they stood. */
final class ProcessRows {
  private final Dump dump;
  private final Memory memory;
  private final FindingLog log;
  private final SeccompFilters filters;
  private final UserMaps maps;

  ProcessRows(Frozen frozen) throws IOException {
    this.dump = frozen.dump();
    this.memory = frozen.memory();
    this.log = frozen.log();
    this.filters = SeccompFilters.read(dump.images());
    this.maps = UserMaps.read(dump.images());
  }

  /** As a tree, parents first. */
  void into(Report.Rows<ProcessRow> rows) throws IOException {
    for (ProcessTree.Placed each : ProcessTree.of(dump.processes()).placed()) {
      rows.add(row(each));
    }
  }

  private ProcessRow row(ProcessTree.Placed placed) throws IOException {
    Process process = placed.process();
    Process.Files files = process.files();
    TaskThread leader = process.leader();
    Long set = leader == null ? null : leader.cgroupSet();
    Namespaces namespaces = dump.namespaces();
    Credentials who = leader == null ? null : leader.credentials();
    Long filter = leader == null || !leader.seccomp().equals("filter") ? null : leader.filter();
    if (filter != null && filters.from(filter).isEmpty()) {
      log.add(Finding.missing(process.origin(), "no image has the filter " + filter));
    }
    return new ProcessRow(
        process,
        placed.depth(),
        process.layout() == null ? null : start(process),
        file(process, files.executable()),
        file(process, files.workingDirectory()),
        file(process, files.root()),
        set == null ? List.of() : namespaces.cgroups().getOrDefault(set, List.of()),
        namespaces,
        filter == null ? List.of() : filters.from(filter),
        who == null ? null : outside(process, who.users().effective(), maps.users()),
        who == null ? null : outside(process, who.groups().effective(), maps.groups()));
  }

  /** An id as it is outside: the same where the user namespace is the host's. */
  private @Nullable Long outside(Process process, long id, Map<Long, IdMap> all)
      throws IOException {
    Long namespace = process.kernelIds().get("user");
    IdMap map = namespace == null ? null : all.get(namespace);
    if (map != null) {
      return map.outside(id);
    }
    boolean isHosts = namespace != null && dump.namespaces().outside().contains(namespace);
    return isHosts ? Long.valueOf(id) : null;
  }

  private @Nullable OpenFile file(Process process, @Nullable Long id) throws IOException {
    return id == null ? null : dump.file(id, process.origin()).orElse(null);
  }

  /** Memory that is lost must not hide what the other images tell. */
  private ProcessRow.@Nullable Start start(Process process) {
    if (process.pid() > Integer.MAX_VALUE) {
      return null;
    }
    try {
      Optional<AddressSpace> space = memory.space((int) process.pid());
      if (space.isEmpty()) {
        return null;
      }
      StartText text = new StartText(space.get());
      return new ProcessRow.Start(
          StartText.texts(text.commandLine()), StartText.texts(text.environment()), text.isWhole());
    } catch (IOException e) {
      log.add(e, process.origin());
      return null;
    }
  }
}
