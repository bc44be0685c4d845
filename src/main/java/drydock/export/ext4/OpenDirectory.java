package drydock.export.ext4;

import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose names come in. Impossible ones get another name at the end, when all others are
 * known. Not safe from several threads.
 */
final class OpenDirectory {
  /** The count of links above which ext4 counts no further (kernel ext4.h, EXT4_LINK_MAX). */
  private static final int MOST_LINKS = 65_000;

  private record Impossible(Name name, long inode, NodeType type) {}

  private final TreePath path;
  private final long inode;
  private final @Nullable OpenDirectory parent;
  private final InodeRecord record;
  private final DirectoryNames names;
  private final List<Impossible> impossible = new ArrayList<>();
  private int subdirectories;

  OpenDirectory(
      TreePath path,
      long inode,
      @Nullable OpenDirectory parent,
      InodeRecord record,
      DirectoryNames names) {
    this.path = path;
    this.inode = inode;
    this.parent = parent;
    this.record = record;
    this.names = names;
  }

  /** A directory's path is mostly the very object that its names' paths have as their parent. */
  @SuppressWarnings("ReferenceEquality")
  boolean isAt(TreePath other) {
    return path == other || path.equals(other);
  }

  long inode() {
    return inode;
  }

  @Nullable OpenDirectory parent() {
    return parent;
  }

  InodeRecord record() {
    return record;
  }

  DirectoryNames names() {
    return names;
  }

  void add(Name name, long number, NodeType type, List<String> notKept) throws IOException {
    if (PossibleName.is(name)) {
      names.add(name.bytes(), number, type);
    } else {
      impossible.add(new Impossible(name, number, type));
      notKept.add("a name that no directory can have, another one stands for it");
    }
    if (type == NodeType.DIRECTORY) {
      subdirectories++;
    }
  }

  /** Nothing more comes in: what is left to say of it. */
  void complete() throws IOException {
    if (!impossible.isEmpty()) {
      List<byte[]> instead =
          PossibleName.instead(impossible.stream().map(Impossible::name).toList(), names.all());
      for (int i = 0; i < instead.size(); i++) {
        names.add(instead.get(i), impossible.get(i).inode, impossible.get(i).type);
      }
    }
    record.links(subdirectories + 2 >= MOST_LINKS ? 1 : subdirectories + 2);
  }
}
