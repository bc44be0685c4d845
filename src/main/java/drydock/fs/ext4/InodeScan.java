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

  /** A damaged superblock may make billions of tiny groups of a disk: no disk lost so many. */
  private static final int MAX_LOST = 1 << 14;

  /** Is shown each inode as it lies in its table, or as fast commits have it. */
  @FunctionalInterface
  interface Visitor {
    /**
     * The inode's bytes begin at {@code from}; they change with the next one.
     *
     * @param place where it lies in the file system, in bytes
     */
    void visit(long number, byte[] raw, int from, long place) throws IOException;
  }

  private final Volume volume;
  private final Superblock superblock;

  InodeScan(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
  }

  void each(Visitor visitor) throws IOException {
    long size = volume.blocks().source().size();
    long room = size;
    int lost = 0;
    byte[] piece = new byte[Math.max(PIECE_BYTES, superblock.inodeBytes())];
    long groups = volume.inodes().groups().count();
    for (long group = 0; group < groups; group++) {
      GroupDescriptor descriptor;
      try {
        descriptor = volume.inodes().groups().descriptor(group);
      } catch (CorruptDataException e) {
        volume.log().add(Finding.of(e));
        if (superblock.firstBlock(group) > size / superblock.blockBytes()) {
          return; // the groups behind it are cut off, too
        }
        if (++lost > MAX_LOST) {
          String what = "too many groups are lost: none behind group " + group + " is looked at";
          volume.log().add(Finding.damage(volume.origin(), 0, what));
          return;
        }
        continue;
      }
      room -= table(descriptor, piece, visitor);
      if (room < 0) {
        String what = "the inode tables take more room than there is: they lie over one another";
        volume.log().add(Finding.damage(volume.origin(), 0, what));
        return;
      }
    }
  }

  /** Gives how many bytes of the table were read. */
  private long table(GroupDescriptor group, byte[] piece, Visitor visitor) throws IOException {
    int slot = superblock.inodeBytes();
    long first = group.group() * superblock.inodesPerGroup() + 1;
    long count = Math.min(volume.everUsed(group), superblock.lastInode() - first + 1);
    long done = 0;
    while (done < count) {
      int inPiece = (int) Math.min(piece.length / slot, count - done);
      try {
        volume.blocks().read(group.inodeTable(), done * slot, piece, 0, inPiece * slot);
      } catch (CorruptDataException e) {
        volume.log().add(Finding.of(e));
        return done * slot;
      }
      for (int i = 0; i < inPiece; i++) {
        long place = group.inodeTable() * superblock.blockBytes() + (done + i) * slot;
        show(first + done + i, piece, i * slot, place, visitor);
      }
      done += inPiece;
    }
    return done * slot;
  }

  private void show(long number, byte[] piece, int from, long place, Visitor visitor)
      throws IOException {
    Optional<byte[]> changed =
        volume.fastCommits().isEmpty() ? Optional.empty() : volume.fastCommits().inode(number);
    if (changed.isPresent()) {
      visitor.visit(number, changed.get(), 0, place);
    } else {
      visitor.visit(number, piece, from, place);
    }
  }
}
