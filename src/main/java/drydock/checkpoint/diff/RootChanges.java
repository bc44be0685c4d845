package drydock.checkpoint.diff;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.MountEntry;
import drydock.checkpoint.criu.Rendered;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.tar.TarTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares all files that both checkpoints have: what was changed in the root, what was deleted,
 * shared memory, volumes, and file systems in memory. What neither has is as in the image.
 */
record RootChanges(Checkpoint before, Checkpoint after, Difference.Sink sink, FindingLog log) {
  private static final byte[] ROOT = {};

  void tell() throws IOException {
    Optional<FileTree> was = opened(before, before::rootFsDiff);
    Optional<FileTree> is = opened(after, after::rootFsDiff);
    FileChanges root = new FileChanges(ROOT, true, sink, log);
    if (was.isPresent() && is.isPresent()) {
      root.tell(was.get(), is.get());
    } else if (was.isPresent() != is.isPresent()) {
      missing(was.isPresent() ? after : before, "changes of the root");
    }
    deleted(root, was, is);
    Optional<FileTree> sharedBefore = opened(before, before::devShm);
    Optional<FileTree> sharedAfter = opened(after, after::devShm);
    if (sharedBefore.isPresent() && sharedAfter.isPresent()) {
      changes("/dev/shm").tell(sharedBefore.get(), sharedAfter.get());
    }
    each(before.volumes(), after.volumes(), "volume ", ":");
  }

  /** An archive inside of the checkpoint. */
  @FunctionalInterface
  private interface Inner {
    Optional<FileTree> open() throws IOException;
  }

  /** One that is damaged is a finding, and as good as not there. */
  private Optional<FileTree> opened(Checkpoint checkpoint, Inner inner) {
    try {
      return inner.open();
    } catch (IOException e) {
      log.add(e, checkpoint.origin());
      return Optional.empty();
    }
  }

  /** File systems in memory, by where they are mounted. */
  void inMemory(Side was, Side is) throws IOException {
    each(inMemory(was), inMemory(is), "", "");
  }

  private void each(
      SortedMap<String, FileTree> was, SortedMap<String, FileTree> is, String ahead, String behind)
      throws IOException {
    for (String name : was.keySet()) {
      FileTree other = is.get(name);
      if (other != null) {
        changes(ahead + name + behind).tell(was.get(name), other);
      }
    }
  }

  private FileChanges changes(String place) {
    return new FileChanges(place.getBytes(StandardCharsets.ISO_8859_1), false, sink, log);
  }

  private void missing(Checkpoint checkpoint, String what) {
    log.add(Finding.missing(checkpoint.origin(), "it has no " + what + ": these are not compared"));
  }

  private SortedMap<String, FileTree> inMemory(Side side) throws IOException {
    SortedMap<String, FileTree> trees = new TreeMap<>();
    Optional<Node> images = side.checkpoint().images();
    List<MountEntry> mounts = images.isEmpty() ? List.of() : side.dump().mounts();
    for (MountEntry each : mounts) {
      String file = "tmpfs-dev-" + each.device().minor() + ".tar.gz.img";
      Optional<Entry> image = images.get().child(Name.of(file));
      if (image.isPresent() && "tmpfs".equals(each.type())) {
        String place = new String(each.mountPoint().bytes(), StandardCharsets.ISO_8859_1);
        try {
          trees.putIfAbsent(place, TarTree.open(image.get().node().content(), log));
        } catch (IOException e) {
          log.add(e, image.get().node().origin());
        }
      }
    }
    return trees;
  }

  /** Podman and CRI-O list beside the archive what was deleted. */
  private void deleted(FileChanges root, Optional<FileTree> was, Optional<FileTree> is)
      throws IOException {
    SortedSet<String> then;
    SortedSet<String> now;
    try {
      then = new TreeSet<>(before.deletedFiles());
      now = new TreeSet<>(after.deletedFiles());
    } catch (IOException e) {
      log.add(e, after.origin());
      return;
    }
    SortedSet<String> names = new TreeSet<>(then);
    names.addAll(now);
    for (String each : names) {
      // of what is in the other's archive that has told already
      if (!then.contains(each) && !isThere(was, each)) {
        root.tell(null, mark(after, each));
      } else if (!now.contains(each) && !isThere(is, each)) {
        root.tell(mark(before, each), null);
      }
    }
  }

  private static Item mark(Checkpoint checkpoint, String path) {
    byte[] absolute = absolute(path).getBytes(StandardCharsets.UTF_8);
    return new Item(null, new Rendered.Text(absolute), FileFacts.ofMark(), checkpoint.origin());
  }

  private static String absolute(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  private static boolean isThere(Optional<FileTree> tree, String path) throws IOException {
    return tree.isPresent() && new Lookup(tree.get()).tryFind(absolute(path)).isPresent();
  }
}
