package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.evidence.Signatures.Signature;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.FileTreeFormat;
import drydock.fs.OpenOptions;
import drydock.partition.Partition;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partition of an opened disk; what is in it is looked at when it is asked for, and once. Safe
 * from many threads.
 */
public final class OpenedPartition {
  /** Looks at a superblock without the journal; what is wrong is told by whoever opens the tree. */
  private static final OpenOptions GLANCE = new OpenOptions(false);

  private static final List<String> FILE_SYSTEMS =
      List.of("Linux file system", "Linux root", "Linux /", "ChromeOS root");

  private final Partition partition;
  private final OpenOptions options;
  private final FindingLog log;
  private @Nullable Glance glance;
  private @Nullable FileTree tree;

  /** What a glance at the first bytes tells: the file system, or why there is none to be read. */
  private record Glance(
      @Nullable FileTreeFormat format,
      @Nullable FileSystemInfo info,
      @Nullable String whyNot,
      boolean unseenFiles) {}

  OpenedPartition(Partition partition, OpenOptions options, FindingLog log) {
    this.partition = partition;
    this.options = options;
    this.log = log;
  }

  public Partition partition() {
    return partition;
  }

  /** The file system's own account; before the tree is opened, as its superblock has it. */
  public synchronized Optional<FileSystemInfo> fileSystem() throws IOException {
    return Optional.ofNullable(tree != null ? tree.info() : glance().info);
  }

  /** Why no file system is read from it, in words; empty when one is. */
  public synchronized Optional<String> whyNot() throws IOException {
    return Optional.ofNullable(glance().whyNot);
  }

  /** Whether no file system is read from it and files of the node may be in it nevertheless. */
  synchronized boolean mayHoldUnseenFiles() throws IOException {
    return glance().unseenFiles;
  }

  /** Whether the tree has been opened, by a question or to put the node together. */
  public synchronized boolean isOpen() {
    return tree != null;
  }

  /**
   * The file system.
   *
   * @throws UnsupportedFormatException when there is none that can be read
   */
  public synchronized FileTree tree() throws IOException {
    if (tree == null) {
      Glance seen = glance();
      if (seen.format == null) {
        String why = seen.whyNot == null ? "no file system" : seen.whyNot;
        throw new UnsupportedFormatException(partition.bytes().origin(), why);
      }
      tree = seen.format.open(partition.bytes(), options, log);
    }
    return tree;
  }

  private Glance glance() throws IOException {
    Glance known = glance;
    if (known == null) {
      known = look();
      glance = known;
    }
    return known;
  }

  private Glance look() throws IOException {
    try {
      for (FileTreeFormat format : Formats.fileTrees()) {
        if (format.recognises(partition.bytes())) {
          return seen(format);
        }
      }
      Optional<Signature> signature = Signatures.find(partition.bytes());
      if (mayHoldRemains(signature)) {
        for (FileTreeFormat format : Formats.fileTrees()) {
          if (format.recognisesRemains(partition.bytes())) {
            return seen(format);
          }
        }
      }
      String holds = signature.map(Signature::name).orElse("no known file system");
      return new Glance(
          null, null, "holds " + holds, signature.map(Signature::files).orElse(false));
    } catch (UnsupportedFormatException | CorruptDataException | EOFException e) {
      return new Glance(null, null, String.valueOf(e.getMessage()), true);
    }
  }

  private Glance seen(FileTreeFormat format) throws IOException {
    try {
      FileTree tree = format.open(partition.bytes(), GLANCE, new FindingLog());
      return new Glance(format, tree.info(), null, false);
    } catch (UnsupportedFormatException | CorruptDataException | EOFException e) {
      boolean files = format.holdsFiles(partition.bytes());
      return new Glance(null, null, String.valueOf(e.getMessage()), files);
    }
  }

  /** A search is for what should hold a file system and shows no sign of anything else. */
  private boolean mayHoldRemains(Optional<Signature> signature) {
    String type = partition.typeName();
    boolean typed =
        type == null || type.equals("Linux") || FILE_SYSTEMS.stream().anyMatch(type::startsWith);
    return typed && (signature.isEmpty() || signature.get().isZeros());
  }
}
