package drydock.checkpoint.diff;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Memory;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One of the two: a checkpoint, with its dump opened once. */
final class Side {
  private final Checkpoint checkpoint;
  private final Dump dump;
  private final Memory memory;
  private final SortedMap<Long, Process> processes = new TreeMap<>();
  private final Map<Long, Optional<AddressSpace>> spaces = new HashMap<>();

  private final FindingLog log;

  private Side(Checkpoint checkpoint, Dump dump, Memory memory, FindingLog log) throws IOException {
    this.log = log;
    this.checkpoint = checkpoint;
    this.dump = dump;
    this.memory = memory;
    for (Process each : dump.processes()) {
      processes.putIfAbsent(each.pid(), each);
    }
  }

  /** Empty, and a finding, when the checkpoint has no images of processes. */
  static Optional<Side> of(Checkpoint checkpoint, FindingLog log) throws IOException {
    Optional<Node> images = checkpoint.images();
    if (images.isEmpty()) {
      String what = "the images of the processes are not there";
      log.add(Finding.missing(checkpoint.origin(), what));
      return Optional.empty();
    }
    Memory memory = Memory.open(images.get(), checkpoint.parents(), log);
    return Optional.of(new Side(checkpoint, Dump.open(images.get(), log), memory, log));
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  Dump dump() {
    return dump;
  }

  SortedMap<Long, Process> processes() {
    return processes;
  }

  /** The memory of a process; empty when it has none, or it is lost. */
  Optional<AddressSpace> space(Process process) throws IOException {
    long pid = process.pid();
    if (process.layout() == null || pid > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    Optional<AddressSpace> known = spaces.get(pid);
    if (known == null) {
      known = memory.space((int) pid);
      spaces.put(pid, known);
    }
    return known;
  }

  /** The SHA-256 of bytes; null, and a finding, when they cannot be read. */
  @Nullable String sha256(ByteSource bytes) {
    try {
      return Hashes.of(bytes, HashAlgorithm.SHA256);
    } catch (IOException e) {
      log.add(e, bytes.origin());
      return null;
    }
  }

  /** The open file of a number. */
  @Nullable OpenFile file(@Nullable Long id) throws IOException {
    return id == null ? null : dump.files().get(id);
  }

  @Nullable Name path(@Nullable Long id) throws IOException {
    OpenFile file = file(id);
    return file == null ? null : file.path();
  }
}
