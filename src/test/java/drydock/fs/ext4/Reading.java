package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32;

/**
 * All that can be asked of a damaged file system, written down as text. What it throws is what the
 * contracts allow; where there are two ways to ask for the same, their answers agree.
 */
final class Reading {
  private static final int MAX_GROUPS = 24;
  private static final int FIRST_INODES = 40;
  private static final int MAX_VISITED = 400;
  private static final int MAX_ENTRIES = 200;
  private static final int MAX_LOOKED_UP = 48;
  private static final int MAX_DELETED = 100;
  private static final int MAX_RUNS = 40;
  private static final int PIECE = 8 << 10;
  private static final int ODD_PIECE = 1777;

  /** Enough was seen of a tree that may be endless. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private interface Question {
    void ask() throws IOException;
  }

  private final FindingLog log = new FindingLog();
  private final StringBuilder text = new StringBuilder();
  private final ByteSource source;
  private final long[] inodes;

  private Reading(ByteSource source, long... inodes) {
    this.source = source;
    this.inodes = inodes;
  }

  /** Reads everything twice, within bounds of time and memory: the same each time. */
  static String twice(ByteSource source) {
    return twice(source, LongStream.rangeClosed(1, FIRST_INODES).toArray());
  }

  /** The same, but of all inodes only these are asked for what they hold. */
  static String twice(ByteSource source, long... inodes) {
    return Bounds.twice(
        () -> {
          Reading reading = new Reading(source, inodes);
          reading.all();
          return reading.text.toString();
        });
  }

  private void all() {
    ask("open", this::open);
    List<Finding> findings = log.list();
    for (Finding finding : findings) {
      check(!finding.what().isEmpty(), "a finding says what", finding.origin());
      text.append(finding.what()).append(finding.origin()).append(finding.offset()).append('\n');
    }
  }

  /** Asks and writes down what the answer was when it was an error that is allowed. */
  private void ask(String what, Question question) {
    try {
      question.ask();
    } catch (CorruptDataException | UnsupportedFormatException | NoSuchFileException e) {
      refused(what, e);
    } catch (FileSystemException e) {
      refused(what, e);
    } catch (IOException e) {
      throw new AssertionError(what + ": an error that no contract names", e);
    }
  }

  private void refused(String what, IOException e) {
    check(e.getMessage() != null, what, e);
    text.append(what).append(": ").append(e.getMessage()).append('\n');
  }

  private void open() throws IOException {
    text.append(new Ext4Format().recognises(source)).append('\n');
    Ext4Tree tree = Ext4Format.openTree(source, OpenOptions.DEFAULT, log);
    Ext4Tree listed = Ext4Format.openTree(source, OpenOptions.DEFAULT, new FindingLog());
    text.append(tree.info().details()).append(tree.info().state()).append('\n');
    Superblock superblock = tree.superblock();
    for (long each = 0; each < Math.min(MAX_GROUPS, superblock.groups()); each++) {
      long group = each;
      ask("group", () -> number(tree.group(group).hashCode()));
    }
    for (long number : inodes) {
      if (number <= superblock.inodes()) {
        ask("inode " + number, () -> inode(tree, listed, number));
      }
    }
    ask("walk", () -> walk(tree, listed));
    ask("check", tree::check);
    ask("deleted files", () -> deletedFiles(tree));
  }

  private void inode(Ext4Tree tree, Ext4Tree listed, long number) throws IOException {
    Inode inode = tree.inode(number);
    ask("runs", () -> number(tree.runs(inode, MAX_RUNS).hashCode()));
    Node node = tree.node(number);
    read(node);
    if (node.meta().isDirectory()) {
      ask("look-ups", () -> lookUps(node, listed.node(number).list()));
      ask("deleted names", () -> deletedNames(node));
      ask("names", () -> text.append(tree.names(inode).size()).append(" names\n"));
    }
  }

  private void read(Node node) throws IOException {
    FileMeta meta = node.meta();
    number(meta.hashCode());
    ask("attributes", () -> attributes(node.attributes()));
    ask("link", () -> text.append(Name.of(node.linkTarget())).append('\n'));
    if (meta.isDirectory()) {
      return;
    }
    ask("content", () -> content(node.content()));
  }

  /** Records are told by their hashes: their texts are made by a formatter, which is slow. */
  private void number(int hash) {
    text.append(hash).append('\n');
  }

  private void attributes(Map<Name, byte[]> attributes) {
    attributes.forEach(
        (name, value) ->
            text.append(name).append('=').append(value.length).append(' ').append(sum(value)));
  }

  /** What is listed is found, also by who did not list before. */
  private void lookUps(Node directory, List<Entry> entries) throws IOException {
    text.append(directory.child(Name.of("absent")).isPresent()).append('\n');
    int looked = 0;
    for (Entry entry : entries.subList(0, Math.min(entries.size(), MAX_LOOKED_UP))) {
      Entry found = directory.child(entry.name()).orElse(null);
      check(found != null, "what is listed is found", entry.name());
      looked++;
    }
    List<Entry> after = directory.list();
    check(after.size() == entries.size(), "a list is the same each time", directory.origin());
    for (Entry entry : after.subList(0, Math.min(after.size(), MAX_ENTRIES))) {
      text.append(entry.name()).append(' ').append(entry.inode()).append(' ');
      long again = directory.child(entry.name()).orElseThrow().inode();
      check(again == entry.inode(), "a name stands for one inode", entry.name());
      if (looked-- > 0) {
        ask("entry", () -> text.append(entry.node().meta().type()).append('\n'));
      }
    }
  }

  private void deletedNames(Node directory) throws IOException {
    List<DeletedName> names = directory.deletedNames();
    for (DeletedName name : names.subList(0, Math.min(names.size(), MAX_ENTRIES))) {
      text.append(name.name()).append(name.inode()).append(name.type()).append(name.state());
      text.append(name.origin()).append(name.offset()).append('\n');
      Entry.Target target = name.target();
      if (target != null) {
        ask("deleted name's target", () -> read(target.read()));
      }
    }
  }

  private void deletedFiles(Ext4Tree tree) throws IOException {
    int[] seen = {0};
    try {
      tree.deletedFiles(file -> deletedFile(file, ++seen[0]));
    } catch (Enough e) {
      check(seen[0] == MAX_DELETED, "deleted files", seen[0]);
    }
  }

  private void deletedFile(DeletedFile file, int count) throws IOException {
    text.append(file.state()).append(file.blocks()).append(' ').append(file.reusedBlocks());
    check(file.reusedBlocks() >= 0, "reused blocks", file.reusedBlocks());
    check(file.reusedBlocks() <= file.blocks(), "blocks", file.blocks());
    read(file.node());
    if (count >= MAX_DELETED) {
      throw new Enough();
    }
  }

  /** What a walk reads ahead is what is read of one node alone. */
  private void walk(Ext4Tree tree, Ext4Tree plain) throws IOException {
    int[] seen = {0};
    try {
      new TreeWalk(log)
          .walk(
              TreePath.ROOT,
              tree.root(),
              (path, node, meta) -> {
                text.append(path).append(' ').append(meta.inode()).append('\n');
                check(meta.equals(plain.inode(meta.inode()).meta()), "read ahead", path);
                if (++seen[0] >= MAX_VISITED) {
                  throw new Enough();
                }
              });
    } catch (Enough e) {
      check(seen[0] == MAX_VISITED, "visited", seen[0]);
    }
  }

  /** Holes are zeros, and small pieces are the same bytes as large ones. */
  private void content(ByteSource content) throws IOException {
    long at = 0;
    for (int run = 0; run < MAX_RUNS && at < content.size(); run++) {
      long data = content.nextData(at);
      check(data >= at && data <= content.size(), "next data", data);
      hole(content, at, data);
      long hole = content.nextHole(data);
      check(hole >= data && hole <= content.size(), "next hole", hole);
      if (data < content.size()) {
        check(hole > data, "data has a length", data);
        data(content, data, (int) Math.min(PIECE, hole - data));
      }
      at = hole;
    }
  }

  private void hole(ByteSource content, long from, long to) throws IOException {
    int length = (int) Math.min(ODD_PIECE, to - from);
    check(Arrays.equals(content.bytes(from, length), new byte[length]), "holes are zeros", from);
  }

  private void data(ByteSource content, long from, int length) throws IOException {
    byte[] whole = content.bytes(from, length);
    byte[] pieces = new byte[length];
    for (int at = 0; at < length; at += ODD_PIECE) {
      content.read(from + at, pieces, at, Math.min(ODD_PIECE, length - at));
    }
    check(Arrays.equals(whole, pieces), "pieces are the same bytes", content.origin());
    text.append(from).append('+').append(length).append(' ').append(sum(whole)).append('\n');
  }

  /** A plain check: a library's would take most of the time here. */
  private static void check(boolean holds, String fact, Object of) {
    if (!holds) {
      throw new AssertionError(fact + ": " + of);
    }
  }

  private static long sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }
}
