package drydock.checkpoint.triage;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.GhostFile;
import drydock.checkpoint.criu.MountEntry;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Socket;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Scene}. What is lost is a finding, and the rest is given. */
final class SceneReader {
  private final Checkpoint checkpoint;
  private final Dump dump;
  private final FindingLog log;

  SceneReader(Checkpoint checkpoint, Dump dump, FindingLog log) {
    this.checkpoint = checkpoint;
    this.dump = dump;
    this.log = log;
  }

  /** One part of it. */
  @FunctionalInterface
  private interface Part<T> {
    T read() throws IOException;
  }

  /** A part that is damaged must not hide the others. */
  private <T> T attempt(Part<T> part, T without) {
    try {
      return part.read();
    } catch (IOException e) {
      log.add(e, checkpoint.origin());
      return without;
    }
  }

  Scene read() throws IOException {
    List<Process> processes = dump.processes();
    Map<Long, OpenFile> files = attempt(dump::files, Map.of());
    Map<Long, String> programs = new HashMap<>();
    Map<Long, Process> byPid = new HashMap<>();
    for (Process each : processes) {
      byPid.putIfAbsent(each.pid(), each);
      OpenFile program = files.get(each.files().executable());
      programs.put(each.pid(), program == null ? "" : Subject.text(program.path()));
    }
    return new Scene(
        processes,
        byPid,
        programs,
        attempt(dump::sockets, List.<Socket>of()),
        attempt(dump::holders, Map.of()),
        files,
        ghostSizes(files),
        attempt(() -> dump.namespaces().outside(), Set.of()),
        attempt(this::mountPoints, List.of()),
        spec(),
        attempt(this::changed, path -> false),
        checkpoint.origin());
  }

  private Map<Long, Long> ghostSizes(Map<Long, OpenFile> files) {
    Map<Long, Long> sizes = new HashMap<>();
    for (OpenFile each : files.values()) {
      Long number = each.ghost();
      if (number != null && !sizes.containsKey(number)) {
        Optional<GhostFile> ghost = attempt(() -> dump.ghost(number), Optional.empty());
        ghost.ifPresent(there -> sizes.put(number, there.content().size()));
      }
    }
    return sizes;
  }

  private List<String> mountPoints() throws IOException {
    return dump.mounts().stream()
        .filter(each -> each.external() != null)
        .map(MountEntry::mountPoint)
        .map(Subject::text)
        .toList();
  }

  /** Without it some rules have nothing to compare with. */
  private @Nullable RuntimeSpec spec() {
    if (checkpoint.spec().isEmpty()) {
      String what = "spec.dump: what the container was given is not known";
      log.add(Finding.missing(checkpoint.origin(), what));
    }
    return checkpoint.spec().orElse(null);
  }

  private Scene.Changed changed() throws IOException {
    Optional<FileTree> changes = checkpoint.rootFsDiff();
    if (changes.isEmpty()) {
      return path -> false;
    }
    Lookup lookup = new Lookup(changes.get());
    return path -> isWritten(lookup, path);
  }

  /** Empty files are left by runtimes where they mount something. */
  private static boolean isWritten(Lookup lookup, String path) throws IOException {
    try {
      FileMeta file = lookup.find(path.getBytes(StandardCharsets.UTF_8), false).node().meta();
      return file.isFile() && file.size() > 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
