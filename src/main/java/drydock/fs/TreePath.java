package drydock.fs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An absolute path in a tree: names from the root down. Bytes, never text; compared byte by byte,
 * parent before child.
 */
public final class TreePath implements Comparable<TreePath> {
  /** The root itself: no names. */
  public static final TreePath ROOT = new TreePath(null, Name.of(""), 0);

  private final @Nullable TreePath parent;
  private final Name name;
  private final int depth;

  private TreePath(@Nullable TreePath parent, Name name, int depth) {
    this.parent = parent;
    this.name = name;
    this.depth = depth;
  }

  /**
   * The path of a text; empty components and {@code .} are left out, {@code ..} is kept as a name.
   */
  public static TreePath of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The path of bytes; a leading {@code /} may be missing. */
  public static TreePath of(byte[] bytes) {
    TreePath path = ROOT;
    for (Name name : components(bytes)) {
      path = path.child(name);
    }
    return path;
  }

  /** The names between slashes; empty ones and {@code .} are left out. */
  static List<Name> components(byte[] bytes) {
    List<Name> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        if (i > start && !(i == start + 1 && bytes[start] == '.')) {
          names.add(Name.of(bytes, start, i - start));
        }
        start = i + 1;
      }
    }
    return names;
  }

  public TreePath child(Name child) {
    return new TreePath(this, child, depth + 1);
  }

  public TreePath child(String child) {
    return child(Name.of(child));
  }

  /** The path without its last name; null for the root. */
  public @Nullable TreePath parent() {
    return parent;
  }

  /** The last name; empty for the root. */
  public Name name() {
    return name;
  }

  /** How many names there are. */
  public int depth() {
    return depth;
  }

  public boolean isRoot() {
    return parent == null;
  }

  /** All names, from the root down. */
  public List<Name> names() {
    Name[] names = new Name[depth];
    TreePath at = this;
    while (at.parent != null) {
      names[at.depth - 1] = at.name;
      at = at.parent;
    }
    return List.of(names);
  }

  /** The path's bytes with {@code /} before each name; {@code /} alone for the root. */
  public byte[] bytes() {
    if (isRoot()) {
      return new byte[] {'/'};
    }
    int length = 0;
    for (TreePath at = this; at.parent != null; at = at.parent) {
      length += 1 + at.name.length();
    }
    byte[] bytes = new byte[length];
    for (TreePath at = this; at.parent != null; at = at.parent) {
      length -= 1 + at.name.length();
      bytes[length] = '/';
      at.name.copyTo(bytes, length + 1);
    }
    return bytes;
  }

  @Override
  public int compareTo(TreePath other) {
    List<Name> mine = names();
    List<Name> theirs = other.names();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      int order = mine.get(i).compareTo(theirs.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.size(), theirs.size());
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof TreePath path) || depth != path.depth) {
      return false;
    }
    TreePath mine = this;
    TreePath theirs = path;
    while (mine != theirs && mine.parent != null && theirs.parent != null) {
      if (!mine.name.equals(theirs.name)) {
        return false;
      }
      mine = mine.parent;
      theirs = theirs.parent;
    }
    return true;
  }

  @Override
  public int hashCode() {
    return names().hashCode();
  }

  /** The path as text: see {@link NameText}. */
  @Override
  public String toString() {
    return NameText.of(bytes());
  }
}
