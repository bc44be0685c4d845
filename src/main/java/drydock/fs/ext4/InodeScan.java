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

  /** Tells which inodes need not be shown, so that they need not be read. */
  interface Known {
    /**
     * Whether an inode was read before, and only {@link #isKept} can say that it is to be shown.
     */
    boolean isRead(long number, long place);

    /** Asked of those, in the order in which the others are shown. */
    boolean isKept(long number) throws IOException;
  }

  /** Nothing is known. */
  private static final Known NOTHING =
      new Known() {
        @Override
        public boolean isRead(long number, long place) {
          return false;
        }

        @Override
        public boolean isKept(long number) {
          return false;
        }
      };

  private final Volume volume;
  private final Superblock superblock;
  private final Known known;
  private final byte[] piece;
  private final int slot;

  InodeScan(Volume volume) {
    this(volume, NOTHING);
  }

  InodeScan(Volume volume, Known known) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.known = known;
    this.slot = superblock.inodeBytes();
    this.piece = new byte[Math.max(PIECE_BYTES, slot)];
  }

  void each(Visitor visitor) throws IOException {
    long size = volume.blocks().source().size();
    long room = size;
    int lost = 0;
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
      room -= table(descriptor, visitor);
      if (room < 0) {
        String what = "the inode tables take more room than there is: they lie over one another";
        volume.log().add(Finding.damage(volume.origin(), 0, what));
        return;
      }
    }
  }

  /** Gives how many bytes of the table were looked at. */
  private long table(GroupDescriptor group, Visitor visitor) throws IOException {
    long first = group.group() * superblock.inodesPerGroup() + 1;
    long count = Math.min(volume.everUsed(group), superblock.lastInode() - first + 1);
    long done = 0;
    while (done < count) {
      int inPiece = (int) Math.min(piece.length / slot, count - done);
      Piece next = new Piece(group.inodeTable(), first + done, done * slot, inPiece);
      try {
        next.read();
      } catch (CorruptDataException e) {
        volume.log().add(Finding.of(e));
        return done * slot;
      }
      next.show(visitor);
      done += inPiece;
    }
    return done * slot;
  }

  /** A piece of a table: {@code count} inodes from {@code number} on. */
  private final class Piece {
    private final long table;
    private final long number;
    private final long skipped;
    private final long place;
    private final int count;

    /** {@code skipped} bytes lie before it in the table. */
    Piece(long table, long number, long skipped, int count) {
      this.table = table;
      this.number = number;
      this.skipped = skipped;
      this.place = table * superblock.blockBytes() + skipped;
      this.count = count;
    }

    /** Reads all stretches that are not known; each in full where some of it is not there. */
    void read() throws IOException {
      if (!volume.blocks().isThere(table, skipped, count * slot)) {
        read(0, count); // says what is not there
      }
      int at = 0;
      while (at < count) {
        int from = at;
        while (at < count && !isRead(at)) {
          at++;
        }
        if (at > from) {
          read(from, at);
        }
        while (at < count && isRead(at)) {
          at++;
        }
      }
    }

    private boolean isRead(int index) {
      return known.isRead(number + index, place + (long) index * slot);
    }

    private void read(int from, int end) throws IOException {
      volume
          .blocks()
          .read(table, skipped + (long) from * slot, piece, from * slot, (end - from) * slot);
    }

    void show(Visitor visitor) throws IOException {
      for (int i = 0; i < count; i++) {
        if (isRead(i)) {
          if (known.isKept(number + i)) {
            continue;
          }
          read(i, i + 1);
        }
        InodeScan.this.show(number + i, piece, i * slot, place + (long) i * slot, visitor);
      }
    }
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
