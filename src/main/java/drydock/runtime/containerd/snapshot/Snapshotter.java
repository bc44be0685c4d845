package drydock.runtime.containerd.snapshot;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One way of keeping layers on a disk. */
public interface Snapshotter {
  /** The plugin's name, as containers name it. */
  String name();

  /** Where its database and its snapshots may lie, the likeliest first. */
  List<String> roots(String engineRoot);

  /** A snapshot's files, below the snapshotter's root. */
  String directory(SnapshotKind kind, String id);

  /** Why the files of a snapshot cannot be read from this disk; empty when they can. */
  Optional<String> absence(SnapshotDirectory snapshot) throws IOException;

  /**
   * The files of a chain of snapshots, the topmost first. What is absent is a finding.
   *
   * @throws java.nio.file.NoSuchFileException when nothing of it is on this disk
   */
  FileTree tree(List<SnapshotDirectory> topFirst, FindingLog log) throws IOException;

  /**
   * Whether the disk proves that a writable snapshot was never mounted, hence its container never
   * started.
   */
  boolean neverMounted(SnapshotDirectory snapshot) throws IOException;
}
