package drydock.drift;

import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.TreePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change as the rules look at it.
 *
 * @param text the path, {@code \xNN} for what is no UTF-8
 * @param head how the content of a file begins; empty for everything else
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Suspect(
    TreePath path,
    String text,
    ChangeKind kind,
    List<String> fields,
    @Nullable Side upper,
    @Nullable Side lower,
    byte[] head) {

  static Suspect of(
      TreePath path,
      ChangeKind kind,
      List<String> fields,
      @Nullable Side upper,
      @Nullable Side lower,
      byte[] head) {
    return new Suspect(path, path.toString(), kind, fields, upper, lower, head);
  }

  String name() {
    return path.name().toString();
  }

  List<Name> names() {
    return path.names();
  }

  /** Whether the path is one of these or lies in one of them. */
  boolean isIn(String... places) {
    for (String place : places) {
      if (text.startsWith(place)
          && (text.length() == place.length() || text.charAt(place.length()) == '/')) {
        return true;
      }
    }
    return false;
  }

  boolean isNamed(String... known) {
    for (String each : known) {
      if (path.name().is(each)) {
        return true;
      }
    }
    return false;
  }

  /** How it is now, if it is a regular file. */
  @Nullable FileMeta file() {
    return upper != null && upper.meta().isFile() ? upper.meta() : null;
  }

  /** Whether it is a regular file whose content is not what it was at this path. */
  boolean isNewContent() {
    return file() != null
        && kind != ChangeKind.TOUCHED
        && kind != ChangeKind.METADATA
        && (kind != ChangeKind.MODIFIED || Comparison.isContent(fields));
  }

  boolean differs(String field) {
    return lower == null || fields.contains(field);
  }

  boolean isDirectory() {
    Side side = upper != null ? upper : lower;
    return side != null && side.meta().isDirectory();
  }

  /** What happened, as the beginning of a reason. */
  String happened() {
    return kind == ChangeKind.METADATA ? String.join(", ", fields) + " changed" : kind.label();
  }
}
