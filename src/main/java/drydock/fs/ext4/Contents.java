package drydock.fs.ext4;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.ext4.journal.BlockRange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Opens what an inode holds: inline, by extents or by block numbers. */
final class Contents {
  private Contents() {}

  /** The bytes of a file, symlink target or directory, as long as the inode's size says. */
  static ByteSource of(Volume volume, Inode inode) throws IOException {
    volume.inodes().checkSize(inode); // of a deleted one nobody did
    Origin origin = volume.origin(inode.number());
    if (inode.has(InodeFlag.INLINE_DATA)) {
      return new ArraySource(inline(volume, inode, origin), origin);
    }
    return new MappedContent(volume.blocks(), map(volume, inode), inode.size(), origin);
  }

  static BlockMap map(Volume volume, Inode inode) throws CorruptDataException {
    if (!inode.has(InodeFlag.EXTENTS)) {
      return new PointerMap(volume, inode);
    }
    Optional<List<BlockRange>> changed = volume.fastCommits().rangesOf(inode.number());
    return changed.isPresent()
        ? new RangeMap(volume, inode.number(), changed.get())
        : new ExtentMap(volume, inode);
  }

  /** Inline bytes: the 60 of i_block, then those of an extended attribute. */
  static byte[] inlineBytes(Volume volume, Inode inode) throws IOException {
    byte[] more = new Attributes(volume, inode).inlineData();
    byte[] all = Arrays.copyOf(inode.blockField(), Inode.BLOCK_FIELD_BYTES + more.length);
    System.arraycopy(more, 0, all, Inode.BLOCK_FIELD_BYTES, more.length);
    return all;
  }

  private static byte[] inline(Volume volume, Inode inode, Origin origin) throws IOException {
    byte[] stored = inlineBytes(volume, inode);
    if (inode.size() > stored.length) {
      volume
          .log()
          .add(
              Finding.damage(
                  origin,
                  0x4,
                  "the inline content is shorter than the file",
                  stored.length + " bytes",
                  inode.size() + " bytes"));
      return stored;
    }
    return Arrays.copyOf(stored, (int) inode.size());
  }
}
