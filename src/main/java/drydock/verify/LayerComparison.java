package drydock.verify;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Device;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What unpacking would have made against what is there: all names of both sides, sorted. For one
 * thread.
 */
final class LayerComparison {
  /** Takes what differs. */
  @FunctionalInterface
  interface Sink {
    void add(
        TreePath path, Difference.Change change, Sides sides, Origin origin, @Nullable String note);
  }

  private record Level(
      TreePath path, Node directory, Iterator<Map.Entry<Name, Made>> made, Iterator<Entry> there) {}

  private final FindingLog log;
  private final Hashes.Meter meter;
  private final Sink sink;

  LayerComparison(FindingLog log, Hashes.Meter meter, Sink sink) {
    this.log = log;
    this.meter = meter;
    this.sink = sink;
  }

  void compare(Made root, Node directory) throws IOException {
    // The archive tells nothing of the root but what is marked there; the snapshotter makes it.
    Sides sides = new Sides();
    sides.mode(root.permissions, directory.meta().permissions());
    sides.attributes(root.attributes, directory.attributes());
    tell(TreePath.ROOT, sides, directory.origin());
    Deque<Level> levels = new ArrayDeque<>();
    levels.push(level(TreePath.ROOT, root, directory));
    while (!levels.isEmpty()) {
      merge(levels.pop(), levels);
    }
  }

  private static Level level(TreePath path, Made made, Node directory) throws IOException {
    return new Level(
        path, directory, made.children().entrySet().iterator(), directory.list().iterator());
  }

  /** All names of a directory; those of its directories come after them. */
  private void merge(Level level, Deque<Level> levels) throws IOException {
    Deque<Level> below = new ArrayDeque<>();
    Map.Entry<Name, Made> made = next(level.made);
    Entry there = next(level.there);
    while (made != null || there != null) {
      if (made != null && (there == null || made.getKey().compareTo(there.name()) < 0)) {
        missing(level.path.child(made.getKey()), made.getValue(), level.directory.origin());
        made = next(level.made);
      } else if (there != null && (made == null || made.getKey().compareTo(there.name()) > 0)) {
        added(level.path.child(there.name()), there);
        there = next(level.there);
      } else if (made != null && there != null) {
        Level deeper = both(level.path.child(there.name()), made.getValue(), there);
        if (deeper != null) {
          below.push(deeper);
        }
        made = next(level.made);
        there = next(level.there);
      }
    }
    below.forEach(levels::push);
  }

  private static <T> @Nullable T next(Iterator<T> all) {
    return all.hasNext() ? all.next() : null;
  }

  private void missing(TreePath path, Made made, Origin where) throws IOException {
    Sides sides = new Sides();
    sides.expect(made);
    sink.add(path, Difference.Change.MISSING, sides, where, null);
    if (made.isDirectory()) {
      for (Map.Entry<Name, Made> each : made.children().entrySet()) {
        missing(path.child(each.getKey()), each.getValue(), where);
      }
    }
  }

  private void added(TreePath path, Entry entry) throws InterruptedIOException {
    try {
      new TreeWalk(log)
          .walk(
              path,
              entry.node(),
              (each, node, meta) -> {
                Sides sides = new Sides();
                sides.find(meta, node);
                if (meta.isFile()) {
                  sides.findHash(sha256(node));
                }
                sink.add(each, Difference.Change.ADDED, sides, node.origin(), null);
              });
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      unread(path, e, null);
    }
  }

  private void unread(TreePath path, IOException e, @Nullable Node node) {
    Origin origin = node == null ? Origin.of(path.toString()) : node.origin();
    log.add(e, origin);
    sink.add(path, Difference.Change.UNVERIFIED, new Sides(), origin, e.getMessage());
  }

  private @Nullable Level both(TreePath path, Made made, Entry entry) throws IOException {
    Node node = null;
    try {
      node = entry.node();
      FileMeta meta = node.meta();
      Sides sides = new Sides();
      if (meta.type() != made.type) {
        sides.differ("type", made.type.label(), meta.type().label());
        sides.expect(made);
        sides.find(meta, node);
        sink.add(path, Difference.Change.REPLACED, sides, node.origin(), null);
        return null;
      }
      fields(made, node, meta, sides);
      tell(path, sides, node.origin());
      return meta.isDirectory() ? level(path, made, node) : null;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      unread(path, e, node);
      return null;
    }
  }

  private void tell(TreePath path, Sides sides, Origin origin) {
    if (!sides.isEmpty()) {
      sink.add(path, Difference.Change.CHANGED, sides, origin, null);
    }
  }

  private void fields(Made made, Node node, FileMeta meta, Sides sides) throws IOException {
    if (made.type != NodeType.SYMLINK) {
      sides.mode(made.permissions, meta.permissions());
    }
    sides.differ("uid", made.uid, meta.uid());
    sides.differ("gid", made.gid, meta.gid());
    if (made.modified != null && !isWhiteout(made)) {
      sides.modified(made.modified, meta.times());
    }
    if (made.type == NodeType.SYMLINK) {
      sides.target(made.target, node.linkTarget());
    }
    Device device = meta.device() == null ? Device.ZERO : meta.device();
    sides.differ("device", made.device.toString(), device.toString());
    sides.attributes(made.attributes, node.attributes());
    if (made.type == NodeType.FILE) {
      sides.differ("size", made.size, meta.size());
      if (made.size == meta.size()) {
        content(made, node, sides);
      }
    }
  }

  private static boolean isWhiteout(Made made) {
    return made.type == NodeType.CHARACTER && made.device.equals(Device.ZERO) && !made.named;
  }

  private void content(Made made, Node node, Sides sides) throws IOException {
    byte[] hash = made.sha256;
    String expected =
        hash != null
            ? HexFormat.of().formatHex(hash)
            : made.copied == null ? null : sha256(made.copied);
    if (expected != null) {
      sides.differ("sha256", expected, sha256(node));
    }
  }

  private String sha256(Node file) throws IOException {
    return String.valueOf(
        Hashes.of(file.content(), Set.of(HashAlgorithm.SHA256), meter).get(HashAlgorithm.SHA256));
  }
}
