package drydock.cli.option;

import drydock.disk.Qcow2Format;
import drydock.disk.Qcow2Map;
import drydock.evidence.EvidenceOptions;
import drydock.evidence.NestedPath;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the evidence is to be opened, where drydock is not to find out by itself. */
public final class EvidenceOption {
  private static final int MAX_CHAIN = 64;

  @Option(
      names = "--disk",
      paramLabel = "FILE",
      description =
          "Another disk of the same node; of a checkpoint the node, its image as it was saved, or what"
              + " has pages of it: the dump before it, a page server's directory. May be given several times.")
  List<Path> disks = new ArrayList<>();

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = "Use partition N only, as the kernel counts; 0 is the whole disk.")
  @Nullable Integer partition;

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      description = "A file system begins at this byte of the disk, whatever its table says.")
  @Nullable Long offset;

  @Option(
      names = "--root",
      paramLabel = "DIR-IN-IMAGE",
      description = "The engine's directory on the node, e.g. /var/lib/containerd.")
  @Nullable String root;

  @Option(
      names = "--no-journal",
      description = "Show ext4 as it lies on the disk, without the journal applied.")
  boolean noJournal;

  EvidenceOptions options(Path evidence) {
    return new EvidenceOptions(evidence, List.copyOf(disks), partition, offset, root, !noJournal);
  }

  /** Whether writing to a file would change the evidence: it is one of its files, or lies in it. */
  boolean holds(Path file, Path evidence) throws IOException {
    List<Path> held = new ArrayList<>(disks);
    held.add(NestedPath.of(evidence.toString()).file());
    for (Path each : List.copyOf(held)) {
      addBackingFiles(each, held);
    }
    for (Path each : held) {
      if (Files.isDirectory(each) ? liesIn(file, each) : isSame(file, each)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds the files that a qcow2 file lies on. What cannot be read now is told when it is opened.
   */
  private static void addBackingFiles(Path disk, List<Path> held) {
    Path at = disk;
    for (int depth = 0; depth < MAX_CHAIN && Files.isRegularFile(at); depth++) {
      try {
        String name = new Qcow2Format().recognises(at) ? backingName(at) : "";
        if (name.isEmpty()) {
          return;
        }
        at = at.resolveSibling(name);
        held.add(at);
      } catch (IOException | InvalidPathException e) {
        return;
      }
    }
  }

  private static String backingName(Path disk) throws IOException {
    try (Qcow2Map map = Qcow2Map.open(disk, new FindingLog())) {
      return map.backingName();
    }
  }

  private static boolean isSame(Path file, Path evidence) throws IOException {
    return Files.exists(file) && Files.exists(evidence) && Files.isSameFile(file, evidence);
  }

  private static boolean liesIn(Path file, Path directory) throws IOException {
    Path parent = file.toAbsolutePath().normalize().getParent();
    Path real = Files.exists(file) ? file.toRealPath() : parent;
    return real != null
        && Files.exists(real)
        && real.toRealPath().startsWith(directory.toRealPath());
  }
}
