package drydock.fs.ext4;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory block as ext2's and older ext4's rules change it: a new name goes into the first gap
 * that has room, a deleted one is swallowed by its predecessor. Beside the bytes it keeps which
 * deleted entries nothing has been written over.
 */
final class DirentModel {
  private record Entry(int at, int inode, String name) {
    int contentEnd() {
      return at + (8 + name.length() + 3) / 4 * 4;
    }
  }

  private final byte[] raw;
  private final Random random;
  private final TreeMap<Integer, Entry> living = new TreeMap<>();
  private final TreeMap<Integer, Entry> deleted = new TreeMap<>();
  private int inodes = 11;

  DirentModel(int bytes, Random random) {
    this.raw = new byte[bytes];
    this.random = random;
    write(new Entry(0, 11, "never-deleted"), bytes);
  }

  byte[] bytes() {
    return raw;
  }

  void step() {
    if (random.nextInt(5) < 3) {
      add();
    } else if (living.size() > 1) {
      List<Integer> places = new ArrayList<>(living.tailMap(1).keySet());
      delete(living.get(places.get(random.nextInt(places.size()))));
    }
  }

  /** {@code offset inode name} of each that can still be read. */
  List<String> deleted() {
    return deleted.values().stream()
        .map(each -> each.at() + " " + each.inode() + " " + each.name())
        .toList();
  }

  private void add() {
    String name = "n" + "abcdefgh".repeat(6).substring(0, 1 + random.nextInt(40));
    for (Map.Entry<Integer, Entry> each : living.entrySet()) {
      int from = each.getValue().contentEnd();
      Integer next = living.higherKey(each.getKey());
      int end = next == null ? raw.length : next;
      Entry added = new Entry(from, ++inodes, name);
      if (added.contentEnd() <= end) {
        setLength(each.getKey(), from - each.getKey());
        write(added, end - from);
        return;
      }
    }
  }

  private void write(Entry entry, int length) {
    byte[] name = entry.name().getBytes(StandardCharsets.US_ASCII);
    Checksums.putInt(raw, entry.at(), entry.inode());
    Checksums.putInt(raw, entry.at() + 4, length | name.length << 16 | 1 << 24);
    System.arraycopy(name, 0, raw, entry.at() + 8, name.length);
    int end = entry.at() + 8 + name.length;
    deleted.values().removeIf(old -> old.at() < end && nameEnd(old) > entry.at());
    living.put(entry.at(), entry);
  }

  private static int nameEnd(Entry entry) {
    return entry.at() + 8 + entry.name().length();
  }

  private void delete(Entry entry) {
    living.remove(entry.at());
    Integer before = living.lowerKey(entry.at());
    Integer next = living.higherKey(entry.at());
    setLength(before, (next == null ? raw.length : next) - before);
    deleted.put(entry.at(), entry);
  }

  private void setLength(int at, int length) {
    raw[at + 4] = (byte) length;
    raw[at + 5] = (byte) (length >> 8);
  }
}
