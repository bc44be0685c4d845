package drydock.export;

import drydock.fs.Name;
import drydock.fs.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The paths that files get in a target: their own, but for names that no system has and that would
 * lead elsewhere ({@code ..}, a slash or a zero byte in a name). Those get their bytes as {@code
 * \xNN}, and a {@code ~} more where that is another file's name. Asked in the order of a walk.
 */
final class SafePaths {
  private final List<TreePath> parents = new ArrayList<>();
  private final Set<TreePath> taken = new HashSet<>();

  /** The path of a node in the target; its parent was asked for before it. */
  TreePath of(TreePath path) {
    int depth = path.depth();
    parents.subList(Math.min(depth, parents.size()), parents.size()).clear();
    TreePath written = depth == 0 ? path : child(path);
    parents.add(written);
    return written;
  }

  private TreePath child(TreePath path) {
    TreePath parent = parents.get(path.depth() - 1);
    boolean impossible = isImpossible(path.name());
    if (!impossible && taken.isEmpty()) {
      return path;
    }
    Name name = impossible ? escaped(path.name()) : path.name();
    TreePath written = parent.child(name);
    while (taken.contains(written)) {
      name = Name.of(concat(name.bytes(), (byte) '~'));
      written = parent.child(name);
    }
    if (!name.equals(path.name())) {
      taken.add(written);
    }
    return written;
  }

  static boolean isImpossible(Name name) {
    if (name.length() == 0 || name.isDotOrDotDot()) {
      return true;
    }
    for (byte each : name.bytes()) {
      if (each == '/' || each == 0) {
        return true;
      }
    }
    return false;
  }

  private static Name escaped(Name name) {
    StringBuilder text = new StringBuilder();
    for (byte each : name.bytes()) {
      boolean bad = each == '/' || each == 0 || name.isDotOrDotDot();
      text.append(bad ? "\\x" + HexFormat.of().toHexDigits(each) : "" + (char) (each & 0xff));
    }
    return Name.of(
        name.length() == 0
            ? "\\x".getBytes(StandardCharsets.UTF_8)
            : text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] concat(byte[] bytes, byte last) {
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = last;
    return longer;
  }
}
