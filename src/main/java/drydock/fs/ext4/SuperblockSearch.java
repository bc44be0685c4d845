package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a copy of a superblock when nothing says where one is: first where groups of the
 * default size begin, for every size of block and cluster, then in each KiB of the start, then at
 * each multiple of the smallest default group up to the end (e2fsprogs {@code misc/mke2fs.c} for
 * the sizes; {@code lib/ext2fs/closefs.c}, {@code ext2fs_super_and_bgd_loc}, for the places).
 *
 * <p>A copy says itself which group it belongs to, so it is believed only where its own numbers put
 * it: one inside of a file's content or of another partition is not. Reads at most {@value
 * #THOROUGH} bytes in one go, and 2 KiB for every 8 MiB of the rest; holes are passed over.
 */
final class SuperblockSearch {
  private static final int STEP = 1024;
  private static final int PIECE = 1 << 20;
  private static final long THOROUGH = 256L << 20;
  private static final long SMALLEST_GROUP = 8L << 20;
  private static final int LARGEST_BLOCK_LOG = 16;
  private static final int LARGEST_CLUSTER_LOG = 8;
  private static final int[] GROUPS = {1, 3, 5, 7, 9, 25, 27, 49};
  private static final int MAGIC_AT = 0x38;
  private static final int MAGIC = 0xef53;
  private static final int HEAD = 0x60;

  private final ByteSource source;
  private @Nullable Superblock tooLarge;

  SuperblockSearch(ByteSource source) {
    this.source = source;
  }

  /** The first copy that fits; rather one whose file system is no larger than the source. */
  Optional<Superblock> find() throws IOException {
    Superblock found = atDefaultPlaces();
    if (found == null) {
      found = inStart();
    }
    if (found == null) {
      found = atGroups();
    }
    return Optional.ofNullable(found == null ? tooLarge : found);
  }

  private @Nullable Superblock atDefaultPlaces() throws IOException {
    for (int group : GROUPS) {
      for (int cluster = 0; cluster <= LARGEST_CLUSTER_LOG; cluster++) {
        for (int log = 10; log <= LARGEST_BLOCK_LOG; log++) {
          long groupBytes = 8L << 2 * log + cluster;
          Superblock found = nearby(groupBytes * group);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Superblock inStart() throws IOException {
    byte[] piece = new byte[PIECE];
    long end = Math.min(THOROUGH, source.size());
    long at = source.nextData(0) / PIECE * PIECE;
    while (at < end) {
      int length = (int) Math.min(PIECE, source.size() - at);
      source.read(at, piece, 0, length);
      for (int i = 0; i + HEAD <= length; i += STEP) {
        Superblock found = u16(piece, i + MAGIC_AT) == MAGIC ? believed(at + i) : null;
        if (found != null) {
          return found;
        }
      }
      at = Math.max(at + PIECE, source.nextData(at + PIECE) / PIECE * PIECE);
    }
    return null;
  }

  private @Nullable Superblock atGroups() throws IOException {
    for (long at = THOROUGH; at < source.size(); at += SMALLEST_GROUP) {
      Superblock found = nearby(at);
      if (found != null) {
        return found;
      }
      at = Math.max(at, source.nextData(at) / SMALLEST_GROUP * SMALLEST_GROUP - SMALLEST_GROUP);
    }
    return null;
  }

  /** Groups of 1 KiB blocks begin one block later, for block 0 belongs to none. */
  private @Nullable Superblock nearby(long offset) throws IOException {
    Superblock found = hasMagic(offset) ? believed(offset) : null;
    long next = offset + STEP;
    return found == null && hasMagic(next) ? believed(next) : found;
  }

  private boolean hasMagic(long offset) throws IOException {
    return offset <= source.size() - Superblock.BYTES
        && u16(source.bytes(offset, HEAD), MAGIC_AT) == MAGIC;
  }

  private @Nullable Superblock believed(long offset) throws IOException {
    if (offset == Superblock.OFFSET || offset > source.size() - Superblock.BYTES) {
      return null;
    }
    Superblock copy;
    try {
      copy = Superblocks.at(source, offset);
    } catch (CorruptDataException e) {
      return null; // only looks like one
    }
    if (!isPlaced(copy, offset) || !Superblocks.sumFits(source, offset, copy)) {
      return null;
    }
    if (copy.size() <= source.size()) {
      return copy;
    }
    tooLarge = tooLarge == null ? copy : tooLarge;
    return null;
  }

  private static boolean isPlaced(Superblock copy, long offset) {
    long group = copy.groupNumber();
    if (copy.revision() == 0 && group == 0) {
      long block = offset / copy.blockBytes() - copy.firstDataBlock();
      return offset % copy.blockBytes() == 0 && block > 0 && block % copy.blocksPerGroup() == 0;
    }
    return group > 0
        && group < copy.groups()
        && copy.hasCopy(group)
        && copy.firstBlock(group) * copy.blockBytes() == offset;
  }
}
