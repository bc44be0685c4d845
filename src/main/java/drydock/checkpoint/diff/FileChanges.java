package drydock.checkpoint.diff;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares two trees of files, name by name, in the order of their bytes. A mark that deletes a
 * file of a layer below is told as a file that went. Memory: the names of the directories on the
 * way down. For one thread.
 */
final class FileChanges {
  /** No path that a system call takes is longer than 4096 bytes. */
  private static final int MAX_DEPTH = 2048;

  private static final String MODIFIED = "modified";
  private static final String FRACTION = "\\.\\d+Z$";

  private final byte[] place;
  private final boolean marks;
  private final boolean wholeSeconds;
  private final Comparison comparison;
  private final FindingLog log;

  /**
   * @param place what paths are told behind; nothing for the container's root
   * @param marks whether the trees are layers, in which empty files {@code .wh.NAME} delete others
   */
  FileChanges(byte[] place, boolean marks, Difference.Sink sink, FindingLog log) {
    this(place, marks, false, sink, log);
  }

  private FileChanges(
      byte[] place, boolean marks, boolean wholeSeconds, Difference.Sink sink, FindingLog log) {
    this.place = place;
    this.marks = marks;
    this.wholeSeconds = wholeSeconds;
    this.comparison = new Comparison(DifferenceKind.FILE, sink);
    this.log = log;
  }

  /** For two whole roots, of which at least one has files of an archive. */
  static FileChanges ofRoots(Difference.Sink sink, FindingLog log) {
    return new FileChanges(new byte[0], false, true, sink, log);
  }

  /**
   * @param before null where there was nothing of it
   * @param after likewise
   */
  void tell(@Nullable FileTree before, @Nullable FileTree after) throws IOException {
    directory(
        TreePath.ROOT, before == null ? null : before.root(), after == null ? null : after.root());
  }

  private void directory(TreePath path, @Nullable Node before, @Nullable Node after)
      throws IOException {
    if (path.depth() > MAX_DEPTH) {
      Node node = after != null ? after : before;
      Origin origin = node == null ? Origin.of("files") : node.origin();
      log.add(Finding.damage(origin, 0, "directories too deep to be compared"));
      return;
    }
    SortedMap<TreePath, Entry> was = entries(path, before);
    SortedMap<TreePath, Entry> is = entries(path, after);
    SortedSet<TreePath> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    for (TreePath each : names) {
      entry(each, was.get(each), is.get(each));
    }
  }

  /** The names of a directory; a mark stands under the name that it deletes. */
  private SortedMap<TreePath, Entry> entries(TreePath path, @Nullable Node directory)
      throws IOException {
    SortedMap<TreePath, Entry> entries = new TreeMap<>();
    if (directory == null || !directory.meta().isDirectory()) {
      return entries;
    }
    List<Entry> all;
    try {
      all = directory.list();
    } catch (IOException e) {
      log.add(e, directory.origin());
      return entries;
    }
    for (Entry each : all) {
      entries.put(path.child(each.name()), each);
    }
    for (Entry each : marks ? all : List.<Entry>of()) {
      TreePath hidden = path.child(FileFacts.hiddenBy(each));
      if (!entries.containsKey(hidden)) {
        entries.remove(path.child(each.name()));
        entries.put(hidden, each);
      }
    }
    return entries;
  }

  private void entry(TreePath path, @Nullable Entry before, @Nullable Entry after)
      throws IOException {
    Node one;
    Node other;
    Item was;
    Item is;
    try {
      one = before == null ? null : before.node();
      other = after == null ? null : after.node();
      if (one != null && other != null && isUntouched(one, other)) {
        return;
      }
      was = before == null || one == null ? null : item(path, before, one);
      is = after == null || other == null ? null : item(path, after, other);
    } catch (IOException e) {
      log.add(e, Origin.of("files").child(path.toString()));
      return;
    }
    tell(
        was,
        is == null || was == null ? is : new Item(null, is.what(), sameTime(was, is), is.origin()));
    if (isDirectory(one) || isDirectory(other)) {
      directory(path, one, other);
    }
  }

  /** An archive's times are cut to whole seconds: what differs by less than one is the same. */
  private Rendered.Fields sameTime(Item was, Item is) {
    Rendered then = was.facts().fields().get(MODIFIED);
    Rendered now = is.facts().fields().get(MODIFIED);
    if (then == null || now == null || !wholeSeconds) {
      return is.facts();
    }
    String one = ((Rendered.Word) then).text();
    String other = ((Rendered.Word) now).text();
    String cut = one.replaceFirst(FRACTION, "Z");
    String whole = other.replaceFirst(FRACTION, "Z");
    boolean isCut = cut.equals(one) || whole.equals(other);
    if (!isCut || !cut.equals(whole)) {
      return is.facts();
    }
    Map<String, Rendered> facts = new LinkedHashMap<>(is.facts().fields());
    facts.put(MODIFIED, then);
    return new Rendered.Fields(facts);
  }

  private Item item(TreePath path, Entry entry, Node node) throws IOException {
    boolean mark = marks && !path.name().equals(entry.name());
    Rendered.Fields facts = mark ? FileFacts.ofMark() : FileFacts.of(node, log);
    return new Item(null, what(path.bytes()), facts, node.origin());
  }

  private Rendered what(byte[] path) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(place);
    whole.writeBytes(path);
    return new Rendered.Text(whole.toByteArray());
  }

  /**
   * A file of a layer below that both show: the same bytes of the evidence, or those of one that
   * nobody can change without its time of change.
   */
  private boolean isUntouched(Node one, Node other) throws IOException {
    FileMeta was = one.meta();
    FileMeta is = other.meta();
    if (!was.isDirectory() && one.origin().equals(other.origin())) {
      return true;
    }
    return wholeSeconds
        && was.isFile()
        && was.inode() == is.inode()
        && was.size() == is.size()
        && was.times().changed() != null
        && was.times().equals(is.times());
  }

  private static boolean isDirectory(@Nullable Node node) throws IOException {
    return node != null && node.meta().isDirectory();
  }

  /** A mark of a deletion came to the archive, and tells of a file that went. */
  void tell(@Nullable Item before, @Nullable Item after) throws IOException {
    boolean wasGone = before != null && FileFacts.isMark(before.facts());
    boolean isGone = after != null && FileFacts.isMark(after.facts());
    if (wasGone == isGone) {
      comparison.tell(before, after);
    } else if (isGone || before == null) {
      tell(ChangeKind.REMOVED, before, after);
    } else {
      tell(ChangeKind.ADDED, before, after);
    }
  }

  private void tell(ChangeKind change, @Nullable Item before, @Nullable Item after)
      throws IOException {
    Item named = after != null ? after : before;
    if (named != null) {
      comparison
          .sink()
          .take(
              new Difference(
                  DifferenceKind.FILE,
                  change,
                  null,
                  named.what(),
                  before == null ? null : before.facts(),
                  after == null ? null : after.facts(),
                  named.origin()));
    }
  }
}
