package drydock.drift;

import drydock.bytes.ByteSource;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.OrderedWork;
import drydock.overlay.OverlayNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * In which fields two sides differ. Times of access, of change and of birth, inode numbers and
 * counts of links tell nothing: copying alone changes them. The size of a directory is not compared
 * either, because a merged one has none of its own.
 */
final class Comparison {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final Set<String> OF_CONTENT =
      Set.of("type", "size", "device", "target", "sha256");

  private Comparison() {}

  /** Whether the difference is one of content. */
  static boolean isContent(List<String> fields) {
    return fields.stream().anyMatch(OF_CONTENT::contains);
  }

  /**
   * The fields but for content of equal size, by their names in file records and in their order.
   */
  static List<String> fields(Side upper, Side lower) throws IOException {
    FileMeta now = upper.meta();
    FileMeta was = lower.meta();
    List<String> fields = new ArrayList<>();
    add(fields, "type", now.type() != was.type());
    add(fields, "mode", now.permissions() != was.permissions());
    add(fields, "uid", now.uid() != was.uid());
    add(fields, "gid", now.gid() != was.gid());
    boolean sized = now.type() == was.type() && !now.isDirectory();
    add(fields, "size", sized && now.size() != was.size());
    add(fields, "device", !Objects.equals(now.device(), was.device()));
    add(fields, "modified", !sameTime(upper, now.times().modified(), was.times().modified()));
    add(fields, "target", !sameTarget(upper, lower));
    add(fields, "attributes", !same(upper.node().attributes(), lower.node().attributes()));
    add(fields, "sha256", areFiles(now, was) && now.size() != was.size());
    return fields;
  }

  /** Whether it is the same time, as far as what the upper side was written down in can tell. */
  private static boolean sameTime(Side upper, @Nullable Instant now, @Nullable Instant was) {
    if (now == null || was == null || !isOfWholeSeconds(upper)) {
      return Objects.equals(now, was);
    }
    return now.equals(was) || now.equals(was.truncatedTo(ChronoUnit.SECONDS));
  }

  private static boolean isOfWholeSeconds(Side side) {
    return side.node() instanceof OverlayNode merged && merged.suppliedBy().layer().wholeSeconds();
  }

  private static void add(List<String> fields, String name, boolean differs) {
    if (differs) {
      fields.add(name);
    }
  }

  static boolean areFiles(FileMeta now, FileMeta was) {
    return now.isFile() && was.isFile();
  }

  private static boolean sameTarget(Side upper, Side lower) throws IOException {
    return upper.meta().type() != NodeType.SYMLINK
        || lower.meta().type() != NodeType.SYMLINK
        || Arrays.equals(upper.node().linkTarget(), lower.node().linkTarget());
  }

  private static boolean same(SortedMap<Name, byte[]> now, SortedMap<Name, byte[]> was) {
    if (!now.keySet().equals(was.keySet())) {
      return false;
    }
    Iterator<byte[]> before = was.values().iterator();
    for (Map.Entry<Name, byte[]> each : now.entrySet()) {
      if (!Arrays.equals(each.getValue(), before.next())) {
        return false;
      }
    }
    return true;
  }

  /** Whether two files hold the same bytes; holes are zeros and cost nothing. */
  static boolean sameContent(ByteSource now, ByteSource was, OrderedWork.Running running)
      throws IOException {
    if (now.size() != was.size()) {
      return false;
    }
    long size = now.size();
    byte[] mine = new byte[(int) Math.min(BUFFER_BYTES, size)];
    byte[] theirs = new byte[mine.length];
    long position = 0;
    while (position < size) {
      running.check();
      position = Math.max(position, Math.min(now.nextData(position), was.nextData(position)));
      int length = (int) Math.min(mine.length, Math.max(0, size - position));
      if (length > 0) {
        now.read(position, mine, 0, length);
        was.read(position, theirs, 0, length);
        if (!Arrays.equals(mine, 0, length, theirs, 0, length)) {
          return false;
        }
      }
      position += Math.max(1, length);
    }
    return true;
  }
}
