package drydock.cli.checkpoint;

import drydock.bytes.Closing;
import drydock.checkpoint.Checkpoint;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.evidence.Evidence;
import drydock.evidence.NestedPath;
import drydock.evidence.PagesElsewhere;
import drydock.finding.FindingLog;
import drydock.fs.host.HostTree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Archives that were typed, opened; closed all at once. A node's disk is opened once. */
final class OpenArchives implements Closeable {
  /** Opens a node as the options of the command say. */
  @FunctionalInterface
  interface Nodes {
    Evidence open(Path disk, FindingLog log) throws IOException;
  }

  private final Nodes nodes;
  private final List<Path> disks;
  private final FindingLog log;
  private final Map<Path, Evidence> opened = new HashMap<>();
  private final List<Closeable> toClose = new ArrayList<>();

  /** {@code disks} were given with them, and may be archives with pages of theirs. */
  OpenArchives(Nodes nodes, List<Path> disks, FindingLog log) {
    this.nodes = nodes;
    this.disks = List.copyOf(disks);
    this.log = log;
  }

  /** The checkpoints in an archive: several where it is one of a pod. */
  List<Checkpoint> open(NestedPath text) throws IOException {
    return PagesElsewhere.of(alone(text), disks, toClose, log);
  }

  private List<Checkpoint> alone(NestedPath text) throws IOException {
    byte[] inside = text.inside();
    if (inside != null) {
      return Checkpoint.open(node(text.file()).node(), inside, log);
    }
    if (Files.isDirectory(text.file())) {
      return directory(text.file());
    }
    OpenDisk file = new RawFormat().open(text.file(), log);
    toClose.add(file);
    return Checkpoint.open(file.bytes(), log);
  }

  /** A directory; what lies beside it, too, where a link to its parent dump leads out of it. */
  private List<Checkpoint> directory(Path directory) throws IOException {
    Path whole = directory.toRealPath();
    Path parent = whole.getParent();
    Path name = whole.getFileName();
    boolean leadsOut = Files.isSymbolicLink(whole.resolve("parent"));
    HostTree tree = HostTree.open(leadsOut && parent != null ? parent : directory, log);
    toClose.add(tree);
    String inside = leadsOut && parent != null ? "/" + name : "/";
    return Checkpoint.open(tree, inside.getBytes(StandardCharsets.UTF_8), log);
  }

  private Evidence node(Path disk) throws IOException {
    Evidence there = opened.get(disk);
    if (there == null) {
      there = nodes.open(disk, log);
      opened.put(disk, there);
      toClose.add(there);
    }
    return there;
  }

  @Override
  public void close() throws IOException {
    Closing.all(toClose);
  }
}
