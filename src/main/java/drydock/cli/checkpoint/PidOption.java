package drydock.cli.checkpoint;

import drydock.checkpoint.memory.Memory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which processes. */
public final class PidOption {
  @Option(
      names = "--pid",
      paramLabel = "N",
      split = ",",
      description = "Only this process, numbered as inside of the container. Repeatable.")
  List<Integer> pids = new ArrayList<>();

  /** A process that was named and has no memory; null when there is none such. */
  @Nullable String unknown(Memory memory) throws IOException {
    List<Integer> there = memory.pids();
    for (int pid : pids) {
      if (!there.contains(pid)) {
        return "no process " + pid + " with memory; there are " + text(there);
      }
    }
    return null;
  }

  private static String text(List<Integer> pids) {
    return String.join(", ", pids.stream().map(String::valueOf).toList());
  }

  /** The named processes; none for all. */
  Set<Integer> named() {
    return new TreeSet<>(pids);
  }

  /** The named processes, or all. */
  List<Integer> chosen(Memory memory) throws IOException {
    return memory.pids().stream().filter(pid -> pids.isEmpty() || pids.contains(pid)).toList();
  }
}
