package drydock.report;

import drydock.fs.DeletedName;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code file}. */
public final class FileReport {
  public static final Report<FileRow> REPORT =
      new Report<>(
          List.of(
              Column.<FileRow>of("path", f -> f.nameless() ? null : new Value.Bytes(path(f)))
                  .shown(FileReport::pathText),
              Column.<FileRow>of(
                      "path_hex", f -> f.nameless() ? null : Value.hexUnlessText(path(f)))
                  .whereKnown(),
              Column.of("type", f -> type(f)),
              column("mode", meta -> Value.of(octal(meta)))
                  .shown(f -> f.hasInode() ? letters(f.meta()) : null),
              column("uid", meta -> Value.of(meta.uid())),
              column("gid", meta -> Value.of(meta.gid())),
              column("size", meta -> Value.of(meta.size())),
              column("links", meta -> Value.of(meta.links())),
              Column.of("inode", f -> inode(f)),
              column("device", meta -> device(meta.device())),
              column("modified", meta -> Value.of(meta.times().modified())),
              column("accessed", meta -> Value.of(meta.times().accessed())),
              column("changed", meta -> Value.of(meta.times().changed())),
              column("born", meta -> Value.of(meta.times().born())),
              Column.of("deleted", f -> deleted(f)),
              Column.<FileRow>of("deletion_time", f -> Value.of(f.deletionTime())).whereKnown(),
              Column.of("target", f -> bytes(f.target())),
              Column.<FileRow>of("target_hex", FileReport::targetHex).whereKnown(),
              Column.of("attributes", FileReport::attributes),
              Column.of("layer", f -> Value.of(f.layer())),
              Column.<FileRow>of("hidden", f -> Value.of(f.hidden())).whereKnown(),
              Column.<FileRow>of("source", f -> Value.of(f.source())).whereKnown(),
              Column.<FileRow>of("mount", f -> mount(f)).whereKnown(),
              Column.<FileRow>of("mount_note", f -> Value.of(f.mountNote())).whereKnown(),
              Column.of("origin", f -> Value.of(f.origin()))),
          List.of("mode", "links", "uid", "gid", "size", "modified", "path"));

  /** What an inode tells; nothing does of what has none. */
  private static Column<FileRow> column(String name, Function<FileMeta, @Nullable Value> value) {
    return Column.of(name, f -> f.hasInode() ? value.apply(f.meta()) : null);
  }

  private static @Nullable Value mount(FileRow file) {
    TreePath at = file.mount();
    return at == null ? null : new Value.Bytes(at.bytes());
  }

  private static byte[] path(FileRow file) {
    return file.path().bytes();
  }

  private static @Nullable Value type(FileRow file) {
    DeletedName erased = file.erased();
    NodeType type = erased == null ? file.meta().type() : erased.type();
    return type(type);
  }

  /** A type as records name it; null of a node that is none of the seven. */
  static @Nullable Value type(@Nullable NodeType type) {
    return type == null || type == NodeType.UNKNOWN ? null : Value.of(type.label());
  }

  private static @Nullable Value inode(FileRow file) {
    DeletedName erased = file.erased();
    if (erased != null) {
      return Value.of(erased.inode());
    }
    return file.hasInode() ? Value.of(file.meta().inode()) : null;
  }

  /** The time when an inode was deleted; of a deleted name, that it is one. */
  private static @Nullable Value deleted(FileRow file) {
    return file.erased() == null ? Value.of(file.meta().times().deleted()) : Value.of(true);
  }

  private FileReport() {}

  /** A column for a hash that was asked for, e.g. {@code sha256}. */
  public static Column<FileRow> hash(String name) {
    return Column.of(name, f -> Value.of(f.hashes().get(name)));
  }

  /** {@code -rwsr-xr-x}. */
  static String letters(FileMeta meta) {
    int bits = meta.permissions();
    StringBuilder out = new StringBuilder(10).append(meta.type().letter());
    for (int shift = 6; shift >= 0; shift -= 3) {
      int three = bits >> shift;
      boolean special = (bits >> (9 + shift / 3) & 1) != 0;
      char letter = shift == 0 ? 't' : 's';
      out.append((three & 4) != 0 ? 'r' : '-').append((three & 2) != 0 ? 'w' : '-');
      if (special) {
        out.append((three & 1) != 0 ? letter : Character.toUpperCase(letter));
      } else {
        out.append((three & 1) != 0 ? 'x' : '-');
      }
    }
    return out.toString();
  }

  static String octal(FileMeta meta) {
    String digits = Integer.toOctalString(meta.permissions());
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  static String pathText(FileRow file) {
    return text(
        file,
        file.nameless()
            ? "<inode " + file.meta().inode() + ">"
            : Escape.bytes(file.path().bytes()));
  }

  /** As the path is shown, with the last name of it alone. */
  static String nameText(FileRow file) {
    return text(file, Escape.bytes(file.path().name().bytes()));
  }

  private static String text(FileRow file, String name) {
    byte[] target = file.target();
    return name
        + (target == null ? "" : " -> " + Escape.bytes(target))
        + bracketed(file.hidden())
        + bracketed(file.mountNote());
  }

  private static String bracketed(@Nullable String words) {
    return words == null ? "" : " [" + Escape.text(words) + "]";
  }

  static @Nullable Value device(@Nullable Device device) {
    return device == null ? null : new Value.Text(device.toString());
  }

  private static @Nullable Value bytes(byte @Nullable [] raw) {
    return raw == null ? null : new Value.Bytes(raw);
  }

  private static @Nullable Value targetHex(FileRow file) {
    byte[] target = file.target();
    return target == null ? null : Value.hexUnlessText(target);
  }

  private static @Nullable Value attributes(FileRow file) {
    var attributes = file.attributes();
    if (attributes == null) {
      return null;
    }
    Map<String, String> hex = new LinkedHashMap<>();
    attributes.forEach((name, raw) -> hex.put(name.toString(), HexFormat.of().formatHex(raw)));
    return Value.of(hex);
  }

  /** Types as {@code find --type} names them, besides their labels. */
  public static @Nullable NodeType type(String text) {
    for (NodeType type : NodeType.values()) {
      boolean letter =
          text.length() == 1 && text.charAt(0) == (type == NodeType.FILE ? 'f' : type.letter());
      if (type != NodeType.UNKNOWN && (letter || type.label().equals(text))) {
        return type;
      }
    }
    return null;
  }
}
