package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.ksy.Ext4DxRoot;
import drydock.shape.Shape;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds one name in a hashed directory (kernel {@code fs/ext4/namei.c}, {@code dx_probe} and {@code
 * ext4_htree_next_block}).
 */
final class HashTree {
  private static final int ENTRY_BYTES = 8;
  private static final int ROOT_BYTES = 0x28;
  private static final int INFO_BYTES = 8;
  private static final long BLOCK_MASK = 0x0fff_ffff;

  /** One index block on the way down, and the entry taken in it. */
  private static final class Step {
    private final byte[] raw;
    private final int countAt;
    private int entry;

    Step(byte[] raw, int countAt, int entry) {
      this.raw = raw;
      this.countAt = countAt;
      this.entry = entry;
    }

    long block() {
      return u32(raw, countAt + entry * ENTRY_BYTES + 4) & BLOCK_MASK;
    }

    int hash() {
      return i32(raw, countAt + entry * ENTRY_BYTES);
    }

    boolean advance() {
      if (entry + 1 >= u16(raw, countAt + 2)) {
        return false;
      }
      entry++;
      return true;
    }
  }

  private final Volume volume;
  private final Inode inode;
  private final DirentForm form;
  private final DirectoryBlocks blocks;

  HashTree(Volume volume, Inode inode, DirectoryBlocks blocks) {
    this.volume = volume;
    this.inode = inode;
    this.form = DirentForm.of(volume, inode);
    this.blocks = blocks;
  }

  /**
   * The entry of that name; empty when the tree leads to none, or is of a kind whose hash cannot be
   * computed.
   */
  Optional<Dirent> find(byte[] name) throws IOException {
    byte[] raw = blocks.read(0);
    Ext4DxRoot root = root(volume, blocks, raw);
    Optional<NameHash> hash = NameHash.of(volume, inode, root.hashVersion());
    Optional<DirectoryHash.Value> value = hash.flatMap(kind -> kind.of(name));
    return value.isEmpty()
        ? Optional.empty()
        : find(name, value.get().hash(), raw, root.indirectLevels());
  }

  /** Whether a directory has a tree. */
  static boolean isHashed(Volume volume, Inode inode) {
    return inode.has(InodeFlag.INDEXED)
        && !inode.has(InodeFlag.INLINE_DATA)
        && volume.has(Feature.DIR_INDEX);
  }

  /** The root, which lies in a directory's first block. */
  static Ext4DxRoot root(Volume volume, DirectoryBlocks blocks, byte[] raw)
      throws CorruptDataException {
    byte[] field = Arrays.copyOf(raw, ROOT_BYTES);
    Ext4DxRoot root = Shape.decode(field, blocks.origin(0), "ext4 hash tree root", Ext4DxRoot::new);
    int maxLevels = volume.has(Feature.LARGE_DIR) ? 3 : 2;
    if (root.infoLength() != INFO_BYTES || root.indirectLevels() > maxLevels) {
      throw new CorruptDataException(blocks.origin(0), 0x18, "no root of a hash tree");
    }
    return root;
  }

  private Optional<Dirent> find(byte[] name, int hash, byte[] root, int levels) throws IOException {
    Deque<Step> path = new ArrayDeque<>();
    path.push(step(root, DirectoryBlocks.ROOT_COUNT_AT, 0, hash));
    descend(path, levels, hash);
    while (true) {
      Optional<Dirent> found = inLeaf(blocks.read(path.element().block()), name);
      if (found.isPresent() || !next(path, levels, hash)) {
        return found;
      }
    }
  }

  private void descend(Deque<Step> path, int levels, int hash) throws IOException {
    while (path.size() <= levels) {
      long block = path.element().block();
      path.push(step(blocks.read(block), DirectoryBlocks.NODE_COUNT_AT, block, hash));
    }
  }

  private Step step(byte[] raw, int countAt, long block, int hash) throws CorruptDataException {
    int limit = u16(raw, countAt);
    int count = u16(raw, countAt + 2);
    if (count == 0 || count > limit || limit > (raw.length - countAt) / ENTRY_BYTES) {
      throw new CorruptDataException(
          blocks.origin(block),
          countAt,
          "index entries that cannot be",
          count + " of " + limit,
          null);
    }
    int low = 1;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int first = LittleEndian.i32(raw, countAt + middle * ENTRY_BYTES);
      if (Integer.compareUnsigned(first, hash) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return new Step(raw, countAt, high);
  }

  /** Goes to the next leaf when names of the same hash go on there. */
  private boolean next(Deque<Step> path, int levels, int hash) throws IOException {
    while (!path.element().advance()) {
      path.pop();
      if (path.isEmpty()) {
        return false;
      }
    }
    if ((path.element().hash() & ~1) != hash) {
      return false;
    }
    while (path.size() <= levels) {
      long block = path.element().block();
      Step below = step(blocks.read(block), DirectoryBlocks.NODE_COUNT_AT, block, hash);
      path.push(new Step(below.raw, below.countAt, 0));
    }
    return true;
  }

  private Optional<Dirent> inLeaf(byte[] raw, byte[] name) {
    DirentBlock entries = new DirentBlock(raw, 0, raw.length, form);
    boolean isFolded = inode.has(InodeFlag.CASEFOLDED);
    byte[] folded = isFolded ? CaseFold.folded(name) : name;
    while (entries.advance()) {
      if (entries.isNamed(name)
          || isFolded && Arrays.equals(CaseFold.folded(entries.name().bytes()), folded)) {
        return Optional.of(entries.dirent());
      }
    }
    return Optional.empty();
  }
}
