package drydock.report;

import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.NodeType;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record {@code file}. */
public final class FileReport {
  public static final Report<FileRow> REPORT =
      new Report<>(
          List.of(
              Column.<FileRow>of("path", f -> new Value.Bytes(f.path().bytes()))
                  .shown(FileReport::pathText),
              Column.<FileRow>of("path_hex", f -> Value.hexUnlessText(f.path().bytes()))
                  .whereKnown(),
              Column.of("type", f -> Value.of(f.meta().type().label())),
              Column.<FileRow>of("mode", f -> Value.of(octal(f.meta())))
                  .shown(f -> letters(f.meta())),
              Column.of("uid", f -> Value.of(f.meta().uid())),
              Column.of("gid", f -> Value.of(f.meta().gid())),
              Column.<FileRow>of("size", f -> Value.of(f.meta().size())),
              Column.of("links", f -> Value.of(f.meta().links())),
              Column.of("inode", f -> Value.of(f.meta().inode())),
              Column.of("device", f -> device(f.meta().device())),
              Column.of("modified", f -> Value.of(f.meta().times().modified())),
              Column.of("accessed", f -> Value.of(f.meta().times().accessed())),
              Column.of("changed", f -> Value.of(f.meta().times().changed())),
              Column.of("born", f -> Value.of(f.meta().times().born())),
              Column.of("deleted", f -> Value.of(f.meta().times().deleted())),
              Column.of("target", f -> bytes(f.target())),
              Column.<FileRow>of("target_hex", FileReport::targetHex).whereKnown(),
              Column.of("attributes", FileReport::attributes),
              Column.of("layer", f -> Value.of(f.layer())),
              Column.<FileRow>of("hidden", f -> Value.of(f.hidden())).whereKnown(),
              Column.of("origin", f -> Value.of(f.node().origin()))),
          List.of("mode", "links", "uid", "gid", "size", "modified", "path"));

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

  private static String pathText(FileRow file) {
    byte[] target = file.target();
    return Escape.bytes(file.path().bytes())
        + (target == null ? "" : " -> " + Escape.bytes(target))
        + (file.hidden() == null ? "" : " [" + Escape.text(file.hidden()) + "]");
  }

  private static @Nullable Value device(@Nullable Device device) {
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
