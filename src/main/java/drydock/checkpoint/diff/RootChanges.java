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
import org.jspecify.annotations.Nullable;

/**
 * Compares all files that both checkpoints have: the whole roots, or what was changed in them and
 * what was deleted; shared memory, volumes, and file systems in memory.
 *
 * @param roots null where the layers are not at hand: what no archive has is as in the image
 */
record RootChanges(
    Checkpoint before,
    Checkpoint after,
    CheckpointDiff.@Nullable Roots roots,
    Difference.Sink sink,
    FindingLog log) {
  private static final byte[] ROOT = {};

  /** Of the number of a device as the kernel keeps it. */
  private static final int MINOR_BITS = 20;

  void tell() throws IOException {
    if (roots == null) {
      archives();
    } else {
      FileChanges.ofRoots(sink, log).tell(roots.before(), roots.after());
    }
    sharedMemory();
    SortedMap<String, FileTree> was = volumes(before);
    SortedMap<String, FileTree> is = volumes(after);
    each(was, is, "volume ", ":");
    was.keySet().stream()
        .filter(each -> !is.containsKey(each))
        .forEach(each -> volume(after, each));
    is.keySet().stream()
        .filter(each -> !was.containsKey(each))
        .forEach(each -> volume(before, each));
  }

  private void volume(Checkpoint without, String name) {
    missing(without, "archive of the volume " + name);
  }

  /** What both have of the root without its layers. */
  private void archives() throws IOException {
    Optional<FileTree> was = opened(before, before::rootFsDiff);
    Optional<FileTree> is = opened(after, after::rootFsDiff);
    FileChanges root = new FileChanges(ROOT, true, sink, log);
    if (was.isPresent() && is.isPresent()) {
      root.tell(was.get(), is.get());
    } else if (was.isPresent() != is.isPresent()) {
      missing(was.isPresent() ? after : before, "archive of the root's changes");
    }
    deleted(root, was, is);
  }

  private void sharedMemory() throws IOException {
    Optional<FileTree> was = opened(before, before::devShm);
    Optional<FileTree> is = opened(after, after::devShm);
    if (was.isPresent() && is.isPresent()) {
      changes("/dev/shm").tell(was.get(), is.get());
    } else if (was.isPresent() != is.isPresent()) {
      missing(was.isPresent() ? after : before, "archive of /dev/shm");
    }
  }

  private SortedMap<String, FileTree> volumes(Checkpoint checkpoint) {
    try {
      return checkpoint.volumes();
    } catch (IOException e) {
      log.add(e, checkpoint.origin());
      return new TreeMap<>();
    }
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

  /** File systems in memory, by where they are mounted: all files of one that came, or went. */
  void inMemory(Side was, Side is) throws IOException {
    SortedMap<String, FileTree> then = inMemory(was);
    SortedMap<String, FileTree> now = inMemory(is);
    each(then, now, "", "");
    for (String place : then.keySet()) {
      if (!now.containsKey(place) && !isMounted(is, place)) {
        changes(place).tell(then.get(place), null);
      }
    }
    for (String place : now.keySet()) {
      if (!then.containsKey(place) && !isMounted(was, place)) {
        changes(place).tell(null, now.get(place));
      }
    }
  }

  private static boolean isMounted(Side side, String place) throws IOException {
    for (MountEntry each : side.dump().mounts()) {
      if (place(each).equals(place)) {
        return true;
      }
    }
    return false;
  }

  private static String place(MountEntry mount) {
    return new String(mount.mountPoint().bytes(), StandardCharsets.ISO_8859_1);
  }

  private void each(
      SortedMap<String, FileTree> was, SortedMap<String, FileTree> is, String ahead, String behind)
      throws IOException {
    SortedSet<String> names = new TreeSet<>(was.keySet());
    names.retainAll(is.keySet());
    for (String name : names) {
      changes(ahead + name + behind).tell(was.get(name), is.get(name));
    }
  }

  private FileChanges changes(String place) {
    return new FileChanges(place.getBytes(StandardCharsets.ISO_8859_1), false, sink, log);
  }

  private void missing(Checkpoint checkpoint, String what) {
    log.add(
        Finding.missing(checkpoint.origin(), "it has no " + what + ": its files are not compared"));
  }

  private SortedMap<String, FileTree> inMemory(Side side) throws IOException {
    SortedMap<String, FileTree> trees = new TreeMap<>();
    Optional<Node> images = side.checkpoint().images();
    List<MountEntry> mounts = images.isEmpty() ? List.of() : side.dump().mounts();
    for (MountEntry each : mounts) {
      long device = each.device().major() << MINOR_BITS | each.device().minor();
      String file = "tmpfs-dev-" + device + ".tar.gz.img";
      Optional<Entry> image = images.get().child(Name.of(file));
      if (image.isPresent() && "tmpfs".equals(each.type())) {
        try {
          trees.putIfAbsent(place(each), TarTree.open(image.get().node().content(), log));
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
