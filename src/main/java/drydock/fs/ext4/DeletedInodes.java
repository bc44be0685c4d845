package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.DeletedFile.State;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds deleted files whose inodes are still in the tables: by their time of deletion, by the
 * bitmap that counts them as free, by the orphan list, and those in use without any link.
 *
 * <p>What the kernel leaves of an inode differs (kernel {@code fs/ext4/inode.c}, {@code
 * ext4_evict_inode}): its size becomes 0 and its extents or block numbers are cleared; a driver for
 * ext2 alone, and who deletes with debugfs, leave them. Inline content stays in any case.
 */
final class DeletedInodes {
  private final Volume volume;

  /** The same without a log: what is wrong with what is deleted is not wrong with the evidence. */
  private final Volume past;

  private final Orphans orphans;
  private final Optional<PastInodes> journal;
  private final PointedBlocks.Allowance allowance = new PointedBlocks.Allowance();

  DeletedInodes(Volume volume) throws IOException {
    this.volume = volume;
    this.journal = PastInodes.of(volume, allowance);
    this.past =
        new Volume(
            volume.blocks().source(), volume.superblock(), volume.fastCommits(), new FindingLog());
    this.orphans = volume.orphans();
  }

  /** Shows them in the order of their numbers. */
  void each(DeletedFile.Visitor visitor) throws IOException {
    new InodeScan(volume, new Living())
        .each(
            (number, raw, from, place) -> {
              State state = state(number, raw, from);
              if (state != null) {
                visitor.visit(describe(inode(number, raw, from), state));
              }
              int blockBytes = volume.blocks().blockBytes();
              long block = place / blockBytes;
              if (journal.isPresent() && journal.get().knows(block)) {
                int inBlock = (int) (place % blockBytes);
                journal.get().each(block, inBlock, inode(number, raw, from), state, visitor);
              }
            });
  }

  /** Inodes that a walk read: they are linked, and deleted only if their bitmap says so. */
  private final class Living implements InodeScan.Known {
    private final SeenInodes seen = volume.seen();
    private final boolean isChanged = !volume.fastCommits().isEmpty();
    private final int blockShift = Integer.numberOfTrailingZeros(volume.blocks().blockBytes());

    @Override
    public boolean isRead(long number, long place) {
      return seen.contains(number)
          && !isChanged
          && !orphans.contains(number)
          && (journal.isEmpty() || !journal.get().knows(place >> blockShift));
    }

    @Override
    public boolean isKept(long number) throws IOException {
      return number < volume.superblock().firstInode()
          || volume.bitmaps().inode(number) != Bitmaps.Use.FREE;
    }
  }

  private Inode inode(long number, byte[] raw, int from) {
    byte[] own = Arrays.copyOfRange(raw, from, from + volume.superblock().inodeBytes());
    return new Inode(number, own, volume.superblock());
  }

  /** What makes an inode a deleted one; null for those that are not, or hold nothing. */
  private @Nullable State state(long number, byte[] raw, int from) throws IOException {
    boolean hasLinks = u16(raw, from + 0x1a) != 0;
    if (number < volume.superblock().firstInode()) {
      return null;
    }
    if (orphans.contains(number)) {
      return State.ORPHAN;
    }
    if (!hasRemains(raw, from)) {
      return null;
    }
    boolean hasDeletionTime = i32(raw, from + 0x14) != 0;
    return switch (volume.bitmaps().inode(number)) {
      case FREE -> hasDeletionTime ? State.DELETED : State.FREED;
      case USED, UNKNOWN -> hasLinks ? null : hasDeletionTime ? State.DELETED : State.ORPHAN;
    };
  }

  /** A checksum may stand alone in a slot that was wiped. */
  private static boolean hasRemains(byte[] raw, int from) {
    return u16(raw, from) != 0 || i32(raw, from + 0x14) != 0 || i32(raw, from + 0x4) != 0;
  }

  private DeletedFile describe(Inode inode, State state) throws IOException {
    boolean isOpen = state == State.ORPHAN;
    Volume reader = isOpen ? volume : past;
    PointedBlocks blocks = PointedBlocks.of(reader, volume.bitmaps(), inode, allowance);
    String trouble = trouble(inode);
    return new DeletedFile(
        new Ext4Node(reader, inode),
        state,
        blocks.blocks(),
        isOpen ? 0 : blocks.used(),
        null,
        trouble == null ? blocks.trouble() : trouble,
        journal.map(past -> past.path(inode.number())).orElse(null));
  }

  private @Nullable String trouble(Inode inode) {
    if (volume.checksums().verified()
        && volume.fastCommits().inode(inode.number()).isEmpty()
        && !volume.checksums().inodeFits(inode.shared(), inode.number(), inode.extraBytes())) {
      return "the inode's checksum does not fit";
    }
    return inode.size() < 0 ? Inodes.TOO_LARGE : null;
  }
}
