package drydock.report;

import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Draws a directory with all that lies below it: a line a name, with lines that lead to it. What
 * cannot be read is a finding, and the rest is drawn. For one thread.
 */
public final class TreeText {
  /** A deeper one is no file system that anybody made, but damage or a trap. */
  private static final int MAX_DEPTH = 2000;

  /** Takes a line without its end. */
  @FunctionalInterface
  public interface Lines {
    void add(String line) throws IOException;
  }

  /** Makes what is shown of a node. */
  @FunctionalInterface
  public interface Rows {
    FileRow of(TreePath path, Node node, FileMeta meta);
  }

  private record Open(Iterator<FileRow> rows, String prefix, Object identity) {}

  private final Lines lines;
  private final Rows rows;
  private final int maxDepth;
  private final FindingLog log;
  private long directories;
  private long others;

  /**
   * @param maxDepth how many levels below the directory are drawn
   */
  public TreeText(Lines lines, Rows rows, int maxDepth, FindingLog log) {
    this.lines = lines;
    this.rows = rows;
    this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
    this.log = log;
  }

  /** Draws a node and what is below it; says at the end how much that was. */
  public void draw(TreePath path, Node top) throws IOException {
    FileRow row = rows.of(path, top, top.meta());
    lines.add(FileReport.pathText(row));
    Deque<Open> open = new ArrayDeque<>();
    if (top.meta().isDirectory() && maxDepth > 0) {
      open.push(open(row, ""));
    }
    while (!open.isEmpty()) {
      Open at = open.element();
      if (!at.rows.hasNext()) {
        open.pop();
        continue;
      }
      FileRow next = at.rows.next();
      boolean last = !at.rows.hasNext();
      lines.add(at.prefix + (last ? "└── " : "├── ") + FileReport.nameText(next));
      if (!next.meta().isDirectory()) {
        others++;
      } else {
        directories++;
        if (open.size() < maxDepth && !isWithinItself(next, open)) {
          open.push(open(next, at.prefix + (last ? "    " : "│   ")));
        }
      }
    }
    lines.add("");
    lines.add(
        count(directories, "directory", "directories") + ", " + count(others, "file", "files"));
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private boolean isWithinItself(FileRow row, Deque<Open> open) {
    try {
      Object identity = row.node().identity();
      boolean within = open.stream().anyMatch(each -> each.identity.equals(identity));
      if (within) {
        throw new CorruptDataException(row.node().origin(), 0, "a directory that lies in itself");
      }
      return false;
    } catch (IOException e) {
      log.add(e, row.node().origin());
      return true;
    }
  }

  private Open open(FileRow directory, String prefix) throws IOException {
    List<FileRow> below = new ArrayList<>();
    Node node = directory.node();
    try {
      for (Entry entry : node.list()) {
        try {
          Node child = entry.node();
          below.add(rows.of(directory.path().child(entry.name()), child, child.meta()));
        } catch (IOException e) {
          log.add(e, node.origin());
        }
      }
    } catch (IOException e) {
      log.add(e, node.origin());
    }
    return new Open(below.iterator(), prefix, node.identity());
  }
}
