package drydock.checkpoint.triage;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Socket;
import drydock.oci.RuntimeSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a frozen container as a whole.
 *
 * @param processes parents before their children
 * @param byPid the same by number
 * @param programs the path of each one's program, by pid
 * @param holders who has an open file, by its number
 * @param outside numbers of the namespaces that are the node's own; empty when that is not known
 * @param mountPoints those of its mounts that the engine brings from outside
 * @param spec what the engine started it with; null when that is not there
 * @param changed tells of the files that the container wrote
 * @param origin the checkpoint
 */
record Scene(
    List<Process> processes,
    Map<Long, Process> byPid,
    Map<Long, String> programs,
    List<Socket> sockets,
    Map<Long, List<Holder>> holders,
    Map<Long, OpenFile> files,
    Map<Long, Long> ghostSizes,
    Set<Long> outside,
    List<String> mountPoints,
    @Nullable RuntimeSpec spec,
    Changed changed,
    Origin origin) {
  /** Whether the container wrote a file. */
  @FunctionalInterface
  interface Changed {
    boolean has(String path) throws IOException;
  }

  /** The first process; null when there is none. */
  @Nullable Process first() {
    return processes.isEmpty() ? null : processes.get(0);
  }

  @Nullable Process process(long pid) {
    return byPid.get(pid);
  }

  String program(long pid) {
    return programs.getOrDefault(pid, "");
  }
}
