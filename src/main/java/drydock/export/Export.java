package drydock.export;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.AbsentMount;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.FileTree;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.OrderedWork;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a tree, or part of it, out into a target, and tells of each file what became of it.
 *
 * <p>The tree is walked by one thread, which also writes; others read small files and hash them
 * ahead of it, and a large file is hashed while it is written. What is written is the same for any
 * number of threads. Memory: one entry for each file with several names, and some tens of MiB.
 */
public final class Export {
  private static final OrderedWork.Size BATCHES = new OrderedWork.Size(64, 1 << 20, 8);
  private static final int DIRECTORY_PERMISSIONS = 0755;
  private static final int FILE_PERMISSIONS = 0644;

  /**
   * How a tree is taken out.
   *
   * @param chosen what is taken, with all that is below it
   * @param hash whether contents are hashed
   * @param mostData a file with more bytes of data is not believed: the evidence is not as large
   */
  public record Options(Predicate<TreePath> chosen, boolean hash, long mostData, int threads) {}

  /** Is told what became of each node, in the order in which they are written; on one thread. */
  public interface Observer {
    void exported(Exported done) throws IOException;

    /** Of a name that stands for nothing that could be read, or a directory without its names. */
    void unreadable(TreePath path, String why) throws IOException;

    /** Is told of each piece of content that was written, holes among it. */
    void progress(long bytes, TreePath path);
  }

  private final TreeSink sink;
  private final Options options;
  private final Observer observer;
  private final FindingLog log;
  private final SafePaths safe = new SafePaths();
  private final Map<Object, TreePath> firstNames = new HashMap<>();
  private final Set<TreePath> leftOut = new HashSet<>();
  private long taken;

  public Export(TreeSink sink, Options options, Observer observer, FindingLog log) {
    this.sink = sink;
    this.options = options;
    this.observer = observer;
    this.log = log;
  }

  /** Writes the tree to the target, which is left to be finished; gives how many names it has. */
  public long write(FileTree tree) throws IOException {
    Rooms rooms = new Rooms();
    Preparation preparation = new Preparation(options.hash, options.mostData, rooms);
    PathChoice<Prepared.Item> choice = new PathChoice<>(options.chosen);
    try (LargeFiles large = new LargeFiles(sink, observer, options.hash, options.threads > 1);
        OrderedWork<Prepared.Item, Preparation.Batch> work =
            new OrderedWork<>(
                options.threads,
                BATCHES,
                preparation::all,
                batch -> {
                  writeAll(batch.files(), large);
                  rooms.giveBack(batch.room());
                })) {
      TreeWalk walk = new TreeWalk(log);
      walk.walk(TreePath.ROOT, tree.root(), new Walker(choice, work));
      work.drain();
    }
    return taken;
  }

  /** Hands on what is met and chosen. */
  private final class Walker implements TreeWalk.Visitor {
    private final PathChoice<Prepared.Item> choice;
    private final OrderedWork<Prepared.Item, Preparation.Batch> work;

    Walker(PathChoice<Prepared.Item> choice, OrderedWork<Prepared.Item, Preparation.Batch> work) {
      this.choice = choice;
      this.work = work;
    }

    @Override
    public void visit(TreePath path, Node node, FileMeta meta) throws IOException {
      Prepared.Item met = new Prepared.Item(path, safe.of(path), node, meta, null, log);
      for (Prepared.Item item : choice.met(path, met)) {
        long weight = item.meta().isFile() ? item.meta().size() : 0;
        work.add(linked(item), Math.max(0, Math.min(weight, Preparation.SMALL_BYTES)));
        taken++;
      }
    }

    @Override
    public void unreadable(TreePath path, IOException why) throws IOException {
      if (choice.wants(path)) {
        work.drain();
        observer.unreadable(path, String.valueOf(why.getMessage()));
      }
    }
  }

  /** The same, with the first name of its inode if there was one. */
  private Prepared.Item linked(Prepared.Item item) throws IOException {
    if (item.meta().isDirectory() || item.meta().links() < 2) {
      return item;
    }
    TreePath first = firstNames.putIfAbsent(item.node().identity(), item.written());
    return first == null
        ? item
        : new Prepared.Item(
            item.path(), item.written(), item.node(), item.meta(), first, item.log());
  }

  private void writeAll(List<Prepared> batch, LargeFiles large) throws IOException {
    for (Prepared each : batch) {
      write(each, large);
    }
  }

  private void write(Prepared prepared, LargeFiles large) throws IOException {
    Prepared.Item item = prepared.item();
    TreePath linkOf = item.linkOf();
    List<String> notKept = new ArrayList<>();
    ExportedFile file =
        new ExportedFile(
            item.written(),
            given(item),
            linkOf,
            prepared.attributes() == null ? new TreeMap<>() : prepared.attributes(),
            prepared.target() == null ? new byte[0] : prepared.target());
    if (prepared.attributes() == null) {
      notKept.add("attributes: they could not be read");
    }
    String missing = missing(prepared);
    if (missing != null) {
      notKept.add(TreeSink.LEFT_OUT + missing);
      leftOut.add(item.written());
      tell(prepared, file, null, false, notKept);
      return;
    }
    boolean hasContent = item.meta().isFile() && linkOf == null;
    String sha256 = prepared.sha256();
    if (!hasContent) {
      notKept.addAll(sink.add(file));
    } else {
      notKept.addAll(sink.beginFile(file, prepared.content().data()));
      sha256 = prepared.bytes() == null ? large.write(prepared) : small(prepared);
      sink.endFile();
    }
    boolean written = isWritten(notKept);
    if (!written) {
      leftOut.add(item.written());
    }
    tell(prepared, file, sha256, written, notKept);
  }

  private static boolean isWritten(List<String> notKept) {
    for (String each : notKept) {
      if (each.startsWith(TreeSink.LEFT_OUT)) {
        return false;
      }
    }
    return true;
  }

  /** Why a node cannot be written at all; null when it can. */
  private @Nullable String missing(Prepared prepared) {
    NodeType type = prepared.item().meta().type();
    if (type == NodeType.UNKNOWN) {
      Finding odd = Finding.damage(prepared.item().node().origin(), 0, "a node of no known type");
      log.add(odd);
      return "its type is none that there is";
    }
    TreePath first = prepared.item().linkOf();
    if (first != null && leftOut.contains(first)) {
      return "what it is a further name of is not there";
    }
    return prepared.target() == null ? "its target could not be read, or is empty" : null;
  }

  private @Nullable String small(Prepared prepared) throws IOException {
    byte[] bytes = prepared.bytes();
    int from = prepared.from();
    for (TreeSink.Data stretch : prepared.content().data()) {
      sink.write(bytes == null ? new byte[0] : bytes, from, (int) stretch.length());
      from += (int) stretch.length();
    }
    observer.progress(prepared.content().size(), prepared.item().path());
    return prepared.sha256();
  }

  private void tell(
      Prepared prepared,
      ExportedFile file,
      @Nullable String sha256,
      boolean written,
      List<String> notKept)
      throws IOException {
    Prepared.Item item = prepared.item();
    Content content = prepared.content();
    observer.exported(
        new Exported(
            file,
            item.path(),
            item.node(),
            item.meta(),
            sha256,
            content.origin(),
            content.pieces(),
            content.piecesLeftOut(),
            content.unread(),
            written,
            List.copyOf(notKept)));
  }

  /** A node's metadata; of what is not in the evidence, what a mount point commonly has. */
  private static FileMeta given(Prepared.Item item) {
    FileMeta meta = item.meta();
    if (!(MountedTree.behind(item.node()) instanceof AbsentMount)) {
      return meta;
    }
    int permissions = meta.isDirectory() ? DIRECTORY_PERMISSIONS : FILE_PERMISSIONS;
    return new FileMeta(0, meta.type(), permissions, 0, 0, 0, 1, null, FileTimes.NONE);
  }
}
