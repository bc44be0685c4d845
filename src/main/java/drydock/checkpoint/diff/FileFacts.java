package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Rendered;
import drydock.finding.FindingLog;
import drydock.fs.Device;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a file, under the names of the record {@code file}. */
final class FileFacts {
  private static final String WHITEOUT = "whiteout";
  private static final String MARK = ".wh.";

  private FileFacts() {}

  /** The name that a mark deletes; of what is none its own. */
  static Name hiddenBy(Entry entry) throws IOException {
    byte[] name = entry.name().bytes();
    return isMark(entry)
        ? Name.of(Arrays.copyOfRange(name, MARK.length(), name.length))
        : entry.name();
  }

  /** The marks of layers are empty files; a file of such a name that has content is one. */
  private static boolean isMark(Entry entry) throws IOException {
    if (!entry.name().startsWith(MARK) || entry.name().bytes().length == MARK.length()) {
      return false;
    }
    FileMeta meta = entry.node().meta();
    return meta.isFile() && meta.size() == 0;
  }

  static boolean isMark(Rendered.Fields facts) {
    return facts.fields().get("type") instanceof Rendered.Word word && word.text().equals(WHITEOUT);
  }

  static Rendered.Fields ofMark() {
    return new Facts().put("type", WHITEOUT).fields();
  }

  static Rendered.Fields of(Node node, FindingLog log) throws IOException {
    FileMeta meta = node.meta();
    Facts facts = new Facts().put("type", meta.type().label());
    facts.put("mode", String.format(Locale.ROOT, "%04o", meta.permissions()));
    facts.put("uid", meta.uid()).put("gid", meta.gid());
    if (meta.isFile()) {
      facts.put("size", meta.size());
      facts.put("sha256", sha256(node, log));
    }
    if (meta.isSymlink()) {
      facts.put("target", new Rendered.Text(node.linkTarget()));
    }
    Instant modified = meta.times().modified();
    facts.put("modified", modified == null ? null : modified.toString());
    Device device = meta.device();
    facts.put("device", device == null ? null : device.major() + ":" + device.minor());
    Map<String, Rendered> attributes = new LinkedHashMap<>();
    for (Map.Entry<Name, byte[]> each : node.attributes().entrySet()) {
      String value = HexFormat.of().formatHex(each.getValue());
      attributes.put(each.getKey().toString(), new Rendered.Word(value));
    }
    return facts
        .put("attributes", attributes.isEmpty() ? null : new Rendered.Fields(attributes))
        .fields();
  }

  private static @Nullable String sha256(Node node, FindingLog log) {
    try {
      return Hashes.of(node.content(), HashAlgorithm.SHA256);
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }
}
