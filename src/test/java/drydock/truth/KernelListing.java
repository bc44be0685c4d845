package drydock.truth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Every file of a tree with all that stat, readlink, getxattr and a hash tell: as the kernel said
 * it when a fixture was made, or as one of our trees says it. Fields are compared as text.
 */
public final class KernelListing {
  /** Listings have no hashes of larger (sparse) files: it would take too long. */
  private static final long LARGEST_HASHED = 4L << 30;

  private static final HexFormat HEX = HexFormat.of();

  /** Fields in the listings that are not of the file system itself. */
  private static final Set<String> NOT_COMPARED = Set.of("path", "blocks", "layer", "real_ino");

  private final SortedMap<String, Map<String, String>> rows;

  private KernelListing(SortedMap<String, Map<String, String>> rows) {
    this.rows = rows;
  }

  /** The listing in a fixture's {@code .jsonl}, {@code .jsonl.gz} or {@code .jsonl.xz}. */
  public static KernelListing read(Path file) throws IOException {
    return new KernelListing(new TreeMap<>()).changedBy(file);
  }

  /**
   * This listing with the rows of such a file laid over; those that it calls gone are taken out.
   */
  public KernelListing changedBy(Path file) throws IOException {
    SortedMap<String, Map<String, String>> changed = new TreeMap<>(rows);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = unpacked(raw, file.toString());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        if (row.has("gone")) {
          changed.remove(row.get("path").getAsString());
        } else {
          changed.put(row.get("path").getAsString(), fields(row));
        }
      }
    }
    return new KernelListing(changed);
  }

  private static InputStream unpacked(InputStream raw, String name) throws IOException {
    if (name.endsWith(".xz")) {
      return new XZInputStream(raw);
    }
    return name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
  }

  private static Map<String, String> fields(JsonObject row) {
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonElement> field : row.entrySet()) {
      if (NOT_COMPARED.contains(field.getKey())) {
        continue;
      }
      if (field.getKey().equals("xattrs")) {
        field
            .getValue()
            .getAsJsonObject()
            .entrySet()
            .forEach(x -> fields.put("xattr " + x.getKey(), x.getValue().getAsString()));
      } else if (!field.getValue().isJsonNull()) {
        fields.put(field.getKey(), field.getValue().getAsString());
      }
    }
    fields.computeIfPresent("type", (name, type) -> oneLetter(type));
    fields.computeIfPresent("mode", (name, mode) -> mode.replaceFirst("^0+(?=.{4})", ""));
    return fields;
  }

  /**
   * Fixtures say {@code d} or {@code dir}, {@code f} or {@code file}, {@code l} or {@code symlink}.
   */
  private static String oneLetter(String type) {
    return type.equals("symlink")
        ? "l"
        : type.equals("socket") ? "s" : type.equals("fifo") ? "p" : type.substring(0, 1);
  }

  /** What one of our trees says, every file read to its end. */
  public static KernelListing of(FileTree tree, FindingLog log) throws IOException {
    SortedMap<String, Map<String, String>> rows = new TreeMap<>();
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> rows.put(escaped(path.bytes()), fields(node, meta)));
    return new KernelListing(rows);
  }

  private static Map<String, String> fields(Node node, FileMeta meta) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    fields.put("type", meta.isFile() ? "f" : String.valueOf(meta.type().letter()));
    fields.put("mode", String.format(Locale.ROOT, "%04o", meta.permissions()));
    fields.put("uid", Long.toString(meta.uid()));
    fields.put("gid", Long.toString(meta.gid()));
    fields.put("size", Long.toString(meta.size()));
    fields.put("nlink", Long.toString(meta.links()));
    fields.put("ino", Long.toString(meta.inode()));
    putTime(fields, "mtime", meta.times().modified());
    putTime(fields, "ctime", meta.times().changed());
    putTime(fields, "atime", meta.times().accessed());
    putTime(fields, "btime", meta.times().born());
    if (meta.device() != null) {
      fields.put("rdev", meta.device().toString());
    }
    if (meta.isSymlink()) {
      fields.put("target", escaped(node.linkTarget()));
    }
    if (meta.isFile() && meta.size() <= LARGEST_HASHED) {
      fields.put("sha256", Hashes.of(node.content(), HashAlgorithm.SHA256));
    }
    for (Map.Entry<Name, byte[]> attribute : node.attributes().entrySet()) {
      fields.put("xattr " + attribute.getKey(), HEX.formatHex(attribute.getValue()));
    }
    return fields;
  }

  private static void putTime(Map<String, String> fields, String name, Instant time) {
    if (time != null) {
      BigInteger seconds = BigInteger.valueOf(time.getEpochSecond());
      BigInteger nanoseconds = seconds.multiply(BigInteger.valueOf(1_000_000_000));
      fields.put(name, nanoseconds.add(BigInteger.valueOf(time.getNano())).toString());
    }
  }

  /** Printable ASCII as it is, every other byte and the backslash as {@code \xNN}. */
  public static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      if (each >= ' ' && each < 0x7f && each != '\\') {
        text.append((char) each);
      } else {
        text.append("\\x").append(HEX.toHexDigits(each));
      }
    }
    return text.toString();
  }

  public int size() {
    return rows.size();
  }

  public Set<String> paths() {
    return rows.keySet();
  }

  /** The fields of a path. */
  public Map<String, String> row(String path) {
    return rows.getOrDefault(path, Map.of());
  }

  /** This listing without some paths. */
  public KernelListing without(Set<String> paths) {
    SortedMap<String, Map<String, String>> kept = new TreeMap<>(rows);
    kept.keySet().removeAll(paths);
    return new KernelListing(kept);
  }

  /**
   * This listing with the rows of a file of differences laid over: an array of {@code path} and
   * rows by name, of which {@code side} is the one to take; where it is missing the path is not
   * there.
   */
  public KernelListing with(Path differences, String side) throws IOException {
    SortedMap<String, Map<String, String>> changed = new TreeMap<>(rows);
    String json = Files.readString(differences, StandardCharsets.UTF_8);
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      JsonObject difference = each.getAsJsonObject();
      String path = difference.get("path").getAsString();
      if (difference.get(side).isJsonNull()) {
        changed.remove(path);
      } else {
        changed.put(path, fields(difference.getAsJsonObject(side)));
      }
    }
    return new KernelListing(changed);
  }

  /** A line for each path and each field in which this one and another differ. */
  public List<String> differences(KernelListing other, Set<String> exceptFields) {
    Set<String> paths = new TreeSet<>(rows.keySet());
    paths.addAll(other.rows.keySet());
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      if (!rows.containsKey(path) || !other.rows.containsKey(path)) {
        lines.add(path + ": only " + (rows.containsKey(path) ? "here" : "there"));
        continue;
      }
      Set<String> fields = new TreeSet<>(row(path).keySet());
      fields.addAll(other.row(path).keySet());
      fields.removeAll(exceptFields);
      for (String field : fields) {
        String mine = row(path).get(field);
        String theirs = other.row(path).get(field);
        if (mine == null || !mine.equals(theirs)) {
          lines.add(path + ": " + field + " is " + mine + ", there " + theirs);
        }
      }
    }
    return lines;
  }
}
