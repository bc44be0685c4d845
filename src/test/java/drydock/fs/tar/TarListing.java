package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.finding.FindingLog;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A tree in the words of {@code tar -tv --numeric-owner --full-time}, one blank between fields. */
public final class TarListing {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String RIGHTS = "rwxrwxrwx";

  private TarListing() {}

  /** All lines but the root's, sorted. */
  public static SortedSet<String> of(FileTree tree) throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    new TreeWalk(new FindingLog())
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              if (!path.isRoot()) {
                lines.add(line(path, node, meta));
              }
            });
    return lines;
  }

  /**
   * What tar said, made alike: sorted, without the root, "./" and further blanks; a hard link as
   * the file that it is.
   */
  public static SortedSet<String> normalised(List<String> told) {
    SortedSet<String> lines = new TreeSet<>();
    Map<String, String> sizes = new HashMap<>();
    for (String line : told) {
      String[] fields = line.strip().split(" +", 6);
      String path = hexadecimal(fields[5].replaceFirst("^\\./", ""));
      String[] link = path.split(" link to (\\./)?", 2);
      if (fields[0].startsWith("h")) {
        fields[0] = "-" + fields[0].substring(1);
        fields[2] = sizes.get(link[1]);
        path = link[0];
      }
      sizes.put(path, fields[2]);
      if (!path.isEmpty()) {
        fields[5] = path;
        lines.add(String.join(" ", fields));
      }
    }
    return lines;
  }

  /** tar writes bytes that are no text in octal. */
  private static String hexadecimal(String path) {
    return Pattern.compile("\\\\([0-7]{3})")
        .matcher(path)
        .replaceAll(
            octal -> String.format(Locale.ROOT, "\\\\x%02x", Integer.parseInt(octal.group(1), 8)));
  }

  private static String line(TreePath path, Node node, FileMeta meta) throws IOException {
    Device device = meta.device();
    String size =
        device != null
            ? device.major() + "," + device.minor()
            : Long.toString(meta.isFile() ? meta.size() : 0);
    Instant modified = meta.times().modified();
    String name = path.toString().substring(1);
    return String.join(
        " ",
        mode(meta),
        meta.uid() + "/" + meta.gid(),
        size,
        modified == null ? "?" : TIME.format(modified),
        meta.isDirectory()
            ? name + "/"
            : meta.isSymlink() ? name + " -> " + new String(node.linkTarget(), UTF_8) : name);
  }

  private static String mode(FileMeta meta) {
    StringBuilder text = new StringBuilder();
    text.append(meta.type() == NodeType.FILE ? '-' : meta.type().letter());
    for (int i = 0; i < RIGHTS.length(); i++) {
      text.append((meta.permissions() >> 8 - i & 1) != 0 ? RIGHTS.charAt(i) : '-');
    }
    special(text, meta.permissions(), 04000, 3, 's');
    special(text, meta.permissions(), 02000, 6, 's');
    special(text, meta.permissions(), 01000, 9, 't');
    return text.toString();
  }

  private static void special(StringBuilder text, int permissions, int bit, int at, char letter) {
    if ((permissions & bit) != 0) {
      text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }
}
