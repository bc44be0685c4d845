package drydock.fs.ext4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.TestInstance;

/**
 * Whole images with a few structures changed and their checksums made to fit again. The first byte
 * picks the image, each eight bytes after it change one structure: which one, where in it, how.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageFuzzTest {
  private static final int EDIT_BYTES = 8;
  private static final int MOST_EDITS = 12;
  private static final List<String> IMAGES =
      List.of(
          "ext4-1k",
          "ext2-1k",
          "ext4-inline",
          "ext4-ea-inode",
          "ext4-meta-bg",
          "revision-0",
          "ext4-sparse-super2",
          "ext3-2k-tea",
          "ext4-encrypted",
          "ext4-large-dir");

  /** An image, and what is to be changed in it. */
  private record Target(byte[] raw, List<Structure> structures) {}

  private final Map<String, Target> targets = new HashMap<>();

  @FuzzTest(maxDuration = "10m")
  void anyChangesOfStructuresAreSurvived(byte[] data) throws IOException {
    if (data.length < 1 + EDIT_BYTES) {
      return;
    }
    String name = IMAGES.get((data[0] & 0xff) % IMAGES.size());
    Target target = targets.get(name);
    if (target == null) {
      target = new Target(Images.raw(name), Structure.all(name));
      targets.put(name, target);
    }
    Changes changes = new Changes(target.raw());
    try {
      for (int at = 1; at + EDIT_BYTES <= data.length && at < EDIT_BYTES * MOST_EDITS; ) {
        changes.apply(ByteBuffer.wrap(data, at, EDIT_BYTES), target.structures());
        at += EDIT_BYTES;
      }
      Reading.twice(new ArraySource(target.raw(), Origin.of(name)), changes.inodes());
    } finally {
      changes.undo();
    }
  }

  /** Changes that can be taken back. */
  private static final class Changes {
    private final byte[] raw;
    private final Map<Integer, byte[]> before = new HashMap<>();
    private final TreeSet<Long> inodes = new TreeSet<>(List.of(2L));

    Changes(byte[] raw) {
      this.raw = raw;
    }

    void apply(ByteBuffer edit, List<Structure> all) {
      Structure structure = all.get((edit.getShort() & 0xffff) % all.size());
      int offset = (edit.getShort() & 0xffff) % structure.length();
      int at = structure.at() + offset;
      int how = edit.get();
      int value = edit.get() & 0xff | (edit.getShort() & 0xffff) << 8;
      before.computeIfAbsent(
          structure.at(), from -> Arrays.copyOfRange(raw, from, from + structure.length()));
      int room = structure.length() - offset;
      Structure other = all.get((value & 0xffff) % all.size());
      switch (how & 7) {
        case 0 -> put(at, value, Math.min(1, room));
        case 1 -> put(at, value, Math.min(2, room));
        case 2 -> put(at, value, Math.min(4, room));
        case 3 -> put(at, value << 8 >> 8 | 0xff00_0000, Math.min(4, room));
        case 4 -> put(at, other.block(), Math.min(4, room));
        case 5 -> put(at, (int) other.inode(), Math.min(4, room));
        case 6 -> copy(other, structure, room, offset, value >>> 16);
        default -> Arrays.fill(raw, at, at + Math.min(room, value & 0xff), (byte) (value >>> 8));
      }
      inodes.add(structure.inode());
      if (how >= 0) {
        structure.seal(raw);
      }
    }

    private void copy(Structure from, Structure to, int room, int offset, int length) {
      int count = Math.min(Math.min(room, length + 1), from.length());
      System.arraycopy(raw, from.at(), raw, to.at() + offset, count);
    }

    private void put(int at, int value, int bytes) {
      for (int i = 0; i < bytes; i++) {
        raw[at + i] = (byte) (value >>> 8 * i);
      }
    }

    long[] inodes() {
      return inodes.stream().mapToLong(each -> each).filter(each -> each > 0).toArray();
    }

    void undo() {
      before.forEach((at, bytes) -> System.arraycopy(bytes, 0, raw, at, bytes.length));
    }
  }
}
