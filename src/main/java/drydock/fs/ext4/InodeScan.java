package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import java.io.IOException;
import java.util.Optional;

/**
 * Goes through all inode tables from the first inode to the last, in large pieces. What a group
 * calls never used is left out: it may never have been written. A table that cannot be read is a
 * finding, and the next one follows.
 */
final class InodeScan {
  private static final int PIECE_BYTES = 256 << 10;

  /** Is shown each inode as it lies in its table, or as fast commits have it. */
  @FunctionalInterface
  interface Visitor {
    /** The inode's bytes begin at {@code from}; they change with the next one. */
    void visit(long number, byte[] raw, int from) throws IOException;
  }

  private final Volume volume;
  private final Superblock superblock;
  private final boolean hasFlags;

  InodeScan(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.hasFlags = volume.has(Feature.METADATA_CSUM) || volume.has(Feature.UNINIT_BG);
  }

  void each(Visitor visitor) throws IOException {
    byte[] piece = new byte[Math.max(PIECE_BYTES, superblock.inodeBytes())];
    for (long group = 0; group < superblock.groups(); group++) {
      GroupDescriptor descriptor;
      try {
        descriptor = volume.inodes().groups().descriptor(group);
      } catch (CorruptDataException e) {
        volume.log().add(Finding.of(e));
        continue;
      }
      table(descriptor, piece, visitor);
    }
  }

  /** How many inodes from a table's start on may have been used. */
  private long used(GroupDescriptor group) {
    if (!hasFlags) {
      return superblock.inodesPerGroup();
    }
    long unused = Math.min(group.unusedInodes(), superblock.inodesPerGroup());
    return group.inodesNeverUsed() ? 0 : superblock.inodesPerGroup() - unused;
  }

  private void table(GroupDescriptor group, byte[] piece, Visitor visitor) throws IOException {
    int slot = superblock.inodeBytes();
    long first = group.group() * superblock.inodesPerGroup() + 1;
    long count = Math.min(used(group), superblock.lastInode() - first + 1);
    long done = 0;
    while (done < count) {
      int inPiece = (int) Math.min(piece.length / slot, count - done);
      try {
        volume.blocks().read(group.inodeTable(), done * slot, piece, 0, inPiece * slot);
      } catch (CorruptDataException e) {
        volume.log().add(Finding.of(e));
        return;
      }
      for (int i = 0; i < inPiece; i++) {
        show(first + done + i, piece, i * slot, visitor);
      }
      done += inPiece;
    }
  }

  private void show(long number, byte[] piece, int from, Visitor visitor) throws IOException {
    Optional<byte[]> changed =
        volume.fastCommits().isEmpty() ? Optional.empty() : volume.fastCommits().inode(number);
    if (changed.isPresent()) {
      visitor.visit(number, changed.get(), 0);
    } else {
      visitor.visit(number, piece, from);
    }
  }
}
