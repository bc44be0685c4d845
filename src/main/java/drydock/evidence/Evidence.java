package drydock.evidence;

import drydock.bytes.ByteSource;
import drydock.bytes.Closing;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.OpenOptions;
import drydock.fs.host.HostTree;
import drydock.runtime.Runtime;
import drydock.runtime.RuntimeFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that belongs to one node, opened for reading: its disks, or the directory that stands
 * for it, its tree and its engines. Each is made when it is first asked for, and once. Safe from
 * many threads; what was taken from it must not be used after it is closed.
 *
 * <p>A checkpoint is evidence, too: it has no node, and an engine with no other containers than
 * those that were frozen.
 */
public final class Evidence implements Closeable {
  private final EvidenceOptions options;
  private final FindingLog log;
  private final Origin origin;
  private final List<OpenedDisk> disks;
  private final @Nullable HostTree directory;
  private final @Nullable FrozenEvidence frozen;
  private @Nullable Composition node;
  private @Nullable UnsupportedFormatException failure;
  private @Nullable FileTree tree;
  private @Nullable NodeFacts facts;
  private @Nullable List<Runtime> runtimes;
  private @Nullable Mounts mounts;

  private Evidence(
      EvidenceOptions options,
      FindingLog log,
      List<OpenedDisk> disks,
      @Nullable HostTree directory,
      @Nullable FrozenEvidence frozen) {
    this.options = options;
    this.log = log;
    this.disks = List.copyOf(disks);
    this.directory = directory;
    this.frozen = frozen;
    if (frozen != null) {
      this.origin = frozen.origin();
    } else {
      this.origin = directory != null ? directory.origin() : disks.get(0).bytes().origin();
    }
  }

  /** Opens the files and reads their partition tables, no more. */
  public static Evidence open(EvidenceOptions options, FindingLog log) throws IOException {
    Optional<FrozenEvidence> frozen = FrozenEvidence.open(options, log);
    if (frozen.isPresent()) {
      List<OpenedDisk> disks = frozen.get().node().map(Evidence::disks).orElse(List.of());
      return new Evidence(options, log, disks, null, frozen.get());
    }
    List<OpenedDisk> disks = new CopyOnWriteArrayList<>();
    OpenOptions open = new OpenOptions(options.applyJournal(), () -> devices(disks));
    HostTree directory = null;
    try {
      if (Files.isDirectory(options.path())) {
        refuseForDirectory(options);
        directory = HostTree.open(options.path(), log);
      } else {
        disks.add(OpenedDisk.open(options.path(), options.offset(), open, log));
      }
      for (Path disk : options.disks()) {
        disks.add(OpenedDisk.open(disk, null, open, log));
      }
      return new Evidence(options, log, disks, directory, null);
    } catch (IOException e) {
      closeAll(disks, directory);
      throw e;
    }
  }

  private static List<ByteSource> devices(List<OpenedDisk> disks) {
    List<ByteSource> devices = new ArrayList<>();
    for (OpenedDisk disk : disks) {
      for (OpenedPartition each : disk.partitions()) {
        devices.add(each.partition().bytes());
      }
    }
    return devices;
  }

  /** How a file system of one of the disks is opened: it may have its journal on another. */
  public OpenOptions openOptions(boolean applyJournal) {
    return new OpenOptions(applyJournal, () -> devices(disks));
  }

  private static void refuseForDirectory(EvidenceOptions options)
      throws UnsupportedFormatException {
    if (options.partition() != null || options.offset() != null) {
      throw new UnsupportedFormatException(
          Origin.of(options.path().toString()),
          "is a directory: --partition and --offset are for disks");
    }
  }

  /** The checkpoint that this is, as an engine; empty when it is a node. */
  public Optional<FrozenRuntime> frozen() {
    return Optional.ofNullable(frozen).map(FrozenEvidence::runtime);
  }

  /** The node that the frozen containers ran on, where that was given. */
  public Optional<Evidence> nodeOfFrozen() {
    return Optional.ofNullable(frozen).flatMap(FrozenEvidence::node);
  }

  /** The disks in the order in which they were given; none of a directory but those added to it. */
  public List<OpenedDisk> disks() {
    return disks;
  }

  /**
   * What a partition is to the node, e.g. {@code "/"} or {@code "/var (its /var)"}; empty when
   * nothing, and of all where there is no node.
   */
  public synchronized Optional<String> role(OpenedPartition partition) throws IOException {
    if (directory != null || frozen != null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(composition().roles().get(partition));
    } catch (UnsupportedFormatException e) {
      return Optional.empty(); // node() says so to whoever asks for files
    }
  }

  /**
   * The node's tree.
   *
   * @throws UnsupportedFormatException when no disk has a file system that can be read, and of a
   *     checkpoint
   */
  public synchronized FileTree node() throws IOException {
    if (frozen != null) {
      throw new UnsupportedFormatException(
          origin, "is a checkpoint of a container; this is asked of a node's disk");
    }
    if (directory != null) {
      return directory;
    }
    if (tree == null) {
      tree = composition().tree();
    }
    return tree;
  }

  /** Put together once; a failure is kept, too, for it may have cost a search of the disk. */
  private Composition composition() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (node == null) {
      try {
        node = compose();
      } catch (UnsupportedFormatException e) {
        failure = e;
        throw e;
      }
    }
    return node;
  }

  private Composition compose() throws IOException {
    if (options.offset() != null) {
      return only(disks.get(0).partitions().get(0));
    }
    if (options.partition() != null) {
      return only(numbered(options.partition()));
    }
    List<OpenedPartition> all = partitions();
    Optional<SlotLayout> layout = SlotLayout.of(all);
    Composition composed =
        layout.isPresent()
            ? layout.get().compose(all, origin, log)
            : new LinuxLayout(disks, origin, log).compose();
    composed.tellUnread(all);
    return composed;
  }

  private List<OpenedPartition> partitions() {
    return disks.stream().flatMap(disk -> disk.partitions().stream()).collect(Collectors.toList());
  }

  /**
   * Makes findings of the partitions that may hold files and are not read, for whoever looks at the
   * file systems one by one; {@link #node()} does so itself.
   */
  public void tellUnread() throws IOException {
    boolean whole = options.partition() == null && options.offset() == null;
    if (whole && frozen == null) {
      new Composition(new EmptyTree(origin), log).tellUnread(partitions());
    }
  }

  private Composition only(OpenedPartition partition) throws IOException {
    Composition alone = new Composition(partition.tree(), log);
    alone.role(partition, "/ (as asked for)");
    return alone;
  }

  private OpenedPartition numbered(int number) throws NoSuchFileException {
    List<OpenedPartition> partitions = disks.get(0).partitions();
    for (OpenedPartition each : partitions) {
      if (each.partition().number() == number) {
        return each;
      }
    }
    String there =
        partitions.stream().map(p -> p.partition().number() + "").collect(Collectors.joining(", "));
    throw new NoSuchFileException(
        options.path().toString(), null, "has no partition " + number + ", only " + there);
  }

  /** What the disk tells of the node. */
  public synchronized NodeFacts facts() throws IOException {
    if (facts == null) {
      facts = new NodeFactsReader(new NodeFiles(node(), log)).read();
    }
    return facts;
  }

  /** The engines on the node, each once however many paths lead to it. */
  public synchronized List<Runtime> runtimes() throws IOException {
    if (frozen != null) {
      return List.of(frozen.runtime());
    }
    if (runtimes == null) {
      List<Runtime> found = new ArrayList<>();
      Set<Object> seen = new HashSet<>();
      Lookup lookup = new Lookup(node());
      for (RuntimeFormat format : Formats.runtimes()) {
        for (Runtime each : format.find(node(), options.root(), log)) {
          Object directoryOf = lookup.find(each.root()).node().identity();
          if (seen.add(List.of(each.engine(), directoryOf))) {
            found.add(each);
          }
        }
      }
      runtimes = List.copyOf(found);
    }
    return runtimes;
  }

  /** Makes findings of the containers of other engines, which {@link #runtimes()} leaves out. */
  public void tellOtherEngines() throws IOException {
    if (frozen == null && options.root() == null) {
      new OtherEngines(node(), log).tell();
    }
  }

  /** What was mounted in the containers, and their trees with it. */
  public synchronized Mounts mounts() {
    if (mounts == null) {
      mounts = new Mounts(this);
    }
    return mounts;
  }

  /** The disks that were added to the node's own. */
  List<OpenedDisk> added() {
    if (frozen != null) {
      return List.of();
    }
    return directory == null ? disks.subList(1, disks.size()) : disks;
  }

  public FindingLog log() {
    return log;
  }

  public Origin origin() {
    return origin;
  }

  @Override
  public void close() throws IOException {
    if (frozen != null) {
      frozen.close();
    } else {
      closeAll(disks, directory);
    }
  }

  private static void closeAll(List<OpenedDisk> disks, @Nullable HostTree directory)
      throws IOException {
    List<Closeable> all = new ArrayList<>(disks);
    if (directory != null) {
      all.add(directory);
    }
    Closing.all(all);
  }
}
