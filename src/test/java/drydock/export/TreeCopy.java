package drydock.export;

import drydock.bytes.ByteSource;
import drydock.export.TreeSink.Data;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Hands a tree to a sink as an export does, with nothing around it. */
public final class TreeCopy {
  private final TreeSink sink;
  private final Map<Object, TreePath> first = new HashMap<>();
  private final SortedMap<String, List<String>> notKept = new TreeMap<>();
  private final byte[] buffer = new byte[1 << 20];

  private TreeCopy(TreeSink sink) {
    this.sink = sink;
  }

  /** Copies everything and finishes; gives what was not kept, by path. */
  public static SortedMap<String, List<String>> all(FileTree tree, TreeSink sink)
      throws IOException {
    TreeCopy copy = new TreeCopy(sink);
    new TreeWalk(new FindingLog()).walk(TreePath.ROOT, tree.root(), copy::add);
    sink.finish();
    return copy.notKept;
  }

  private void add(TreePath path, Node node, FileMeta meta) throws IOException {
    TreePath linkOf =
        meta.isDirectory() || meta.links() < 2 ? null : first.putIfAbsent(node.identity(), path);
    ExportedFile file = new ExportedFile(path, meta, linkOf, node.attributes(), node.linkTarget());
    List<String> lost =
        meta.isFile() && linkOf == null ? addContent(file, node.content()) : sink.add(file);
    if (!lost.isEmpty()) {
      notKept.put(path.toString(), lost);
    }
  }

  private List<String> addContent(ExportedFile file, ByteSource content) throws IOException {
    List<Data> data = new ArrayList<>();
    long size = content.size();
    for (long at = content.nextData(0);
        at < size;
        at = content.nextData(data.get(data.size() - 1).end())) {
      data.add(new Data(at, Math.min(size, content.nextHole(at)) - at));
    }
    List<String> lost = sink.beginFile(file, data);
    for (Data each : data) {
      for (long at = each.position(); at < each.end(); ) {
        int count = (int) Math.min(buffer.length, each.end() - at);
        content.read(at, buffer, 0, count);
        sink.write(buffer, 0, count);
        at += count;
      }
    }
    sink.endFile();
    return lost;
  }
}
