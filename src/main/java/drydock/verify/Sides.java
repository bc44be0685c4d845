package drydock.verify;

import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In what a file should be one thing and is another. For one thread. */
final class Sides {
  /** What the kernel or a security module writes by itself, and no archive carries. */
  private static final Set<String> BY_KERNEL =
      Set.of(
          "security.selinux",
          "security.ima",
          "security.evm",
          "trusted.overlay.origin",
          "trusted.overlay.impure",
          "trusted.overlay.uuid",
          "user.overlay.origin",
          "user.overlay.impure",
          "user.overlay.uuid");

  /** An inode without room for more has whole seconds of 32 bits (ext4 of 128-byte inodes). */
  private static final Instant LAST_SHORT = Instant.ofEpochSecond(Integer.MAX_VALUE);

  private final Map<String, Object> expected = new LinkedHashMap<>();
  private final Map<String, Object> found = new LinkedHashMap<>();
  private final List<String> fields = new ArrayList<>();

  boolean isEmpty() {
    return fields.isEmpty();
  }

  List<String> fields() {
    return fields;
  }

  Map<String, Object> expected() {
    return expected;
  }

  Map<String, Object> found() {
    return found;
  }

  void differ(String field, Object mine, Object theirs) {
    if (!mine.equals(theirs)) {
      fields.add(field);
      expected.put(field, mine);
      found.put(field, theirs);
    }
  }

  void mode(int mine, int theirs) {
    differ("mode", octal(mine), octal(theirs));
  }

  private static String octal(int mode) {
    String digits = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  void target(byte[] mine, byte[] theirs) {
    if (!Arrays.equals(mine, theirs)) {
      differ("target", NameText.of(mine), NameText.of(theirs));
    }
  }

  void modified(Instant mine, FileTimes theirs) {
    Instant stored = theirs.modified();
    if (stored == null) {
      return;
    }
    Instant short32 =
        mine.isAfter(LAST_SHORT) ? LAST_SHORT : Instant.ofEpochSecond(mine.getEpochSecond());
    boolean same = stored.equals(mine) || theirs.born() == null && stored.equals(short32);
    if (!same) {
      differ("modified", mine, stored);
    }
  }

  void attributes(SortedMap<Name, byte[]> mine, SortedMap<Name, byte[]> theirs) {
    if (mine.isEmpty() && theirs.isEmpty()) {
      return;
    }
    Map<String, Object> wanted = new TreeMap<>();
    Map<String, Object> there = new TreeMap<>();
    mine.forEach((name, value) -> wanted.put(name.toString(), hex(value)));
    theirs.forEach(
        (name, value) -> {
          String text = name.toString();
          if (!BY_KERNEL.contains(text) || wanted.containsKey(text)) {
            there.put(text, hex(value));
          }
        });
    differ("attributes", wanted, there);
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }

  /** All that is known of what is missing. */
  void expect(Made made) {
    expected.put("type", made.type.label());
    expected.put("mode", octal(made.permissions));
    expected.put("uid", made.uid);
    expected.put("gid", made.gid);
    if (made.type == NodeType.FILE) {
      expected.put("size", made.size);
    }
    put(expected, "modified", made.modified);
    put(expected, "sha256", made.sha256 == null ? null : hex(made.sha256));
    put(expected, "target", made.type == NodeType.SYMLINK ? NameText.of(made.target) : null);
  }

  /** All that is known of what should not be there. */
  void find(FileMeta meta, Node node) throws IOException {
    found.put("type", meta.type().label());
    found.put("mode", octal(meta.permissions()));
    found.put("uid", meta.uid());
    found.put("gid", meta.gid());
    if (meta.isFile()) {
      found.put("size", meta.size());
    }
    put(found, "modified", meta.times().modified());
    put(found, "device", meta.device() == null ? null : meta.device().toString());
    put(found, "target", meta.isSymlink() ? NameText.of(node.linkTarget()) : null);
  }

  void findHash(String sha256) {
    found.put("sha256", sha256);
  }

  private static void put(Map<String, Object> into, String name, @Nullable Object value) {
    if (value != null) {
      into.put(name, value);
    }
  }
}
