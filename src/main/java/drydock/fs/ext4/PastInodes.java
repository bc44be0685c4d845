package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;

import drydock.bytes.ByteSource;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.DeletedFile.State;
import drydock.fs.NodeType;
import drydock.fs.ext4.journal.OldCopies;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Older versions of inodes, from the copies of inode tables that lie in the journal: there a
 * deleted file still has its size and its extents. Of each file that had an inode's number and is
 * gone the newest version with links is taken. For one thread.
 */
final class PastInodes {
  /**
   * As many as a log of half a million copies of blocks with 64 inodes each has; a bound for time.
   */
  private static final int MAX_LOOKS = 1 << 25;

  /** For one inode: a block that changes in each transaction may have some thousands of copies. */
  private static final int MAX_COPIES = 1 << 12;

  /** For one inode: a number is not given so often while a log lasts. */
  private static final int MAX_TRIES = 1 << 8;

  private final Volume volume;
  private final OldCopies copies;
  private final Superblock superblock;
  private final PastNames names;
  private final PointedBlocks.Allowance allowance;

  /** How many copies may still be looked at, for all inodes. */
  private int left = MAX_LOOKS;

  private boolean isTold;

  private long lastBlock = -1;
  private boolean isLastKnown;

  private int sequence;
  private @Nullable Volume past;

  /** What tells one file from the next that gets the same number. */
  private record Identity(long generation, @Nullable Instant born) {
    static Identity of(Inode inode) {
      return new Identity(inode.generation(), inode.times().born());
    }

    // Written out: what the compiler makes of a record is put together anew in each run.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity
          && generation == identity.generation
          && Objects.equals(born, identity.born);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(generation) + Objects.hashCode(born);
    }
  }

  private PastInodes(
      Volume volume, OldCopies copies, PastNames names, PointedBlocks.Allowance allowance) {
    this.allowance = allowance;
    this.volume = volume;
    this.copies = copies;
    this.names = names;
    this.superblock = volume.superblock();
  }

  /** Looks through the journal inside the file system; none where there is none to be read. */
  static Optional<PastInodes> of(Volume volume, PointedBlocks.Allowance allowance)
      throws IOException {
    Optional<OldCopies> copies = volume.past().copies();
    if (copies.isEmpty()) {
      return Optional.empty();
    }
    Volume quiet = new Volume(volume.blocks().source(), volume.superblock(), new FindingLog());
    PastNames names = new PastNames(quiet, copies.get());
    return Optional.of(new PastInodes(volume, copies.get(), names, allowance));
  }

  /** Whether there is any copy of a block. One is asked for as often as it has inodes. */
  boolean knows(long block) {
    if (block != lastBlock) {
      lastBlock = block;
      isLastKnown = copies.has(block);
    }
    return isLastKnown;
  }

  /**
   * Shows the files that had an inode's number.
   *
   * @param block where the inode lies in its table, and {@code from} the byte in it
   * @param now the inode as it is
   * @param state how it is deleted; null when it is alive
   */
  void each(long block, int from, Inode now, @Nullable State state, DeletedFile.Visitor visitor)
      throws IOException {
    each(copies.of(block), from, now, state, visitor);
  }

  private void each(
      List<OldCopies.Copy> older,
      int from,
      Inode now,
      @Nullable State state,
      DeletedFile.Visitor visitor)
      throws IOException {
    Set<Identity> seen = new HashSet<>();
    if (state == null || state == State.ORPHAN) {
      seen.add(Identity.of(now));
    }
    int tries = 0;
    for (OldCopies.Copy copy : older.subList(0, Math.min(older.size(), MAX_COPIES))) {
      if (--left < 0 || tries == MAX_TRIES) {
        tell(now.number());
        return;
      }
      byte[] raw = new byte[superblock.inodeBytes()];
      copies.read(copy, from, raw, 0, raw.length);
      if (u16(raw, 0) == 0 || u16(raw, 0x1a) == 0) {
        continue;
      }
      Inode inode = new Inode(now.number(), raw, superblock);
      if (isWhole(inode) && !seen.contains(Identity.of(inode))) {
        tries++;
        if (show(inode, copy, now, visitor)) {
          seen.add(Identity.of(inode));
        }
      }
    }
    if (older.size() > MAX_COPIES) {
      tell(now.number());
    }
  }

  private void tell(long inode) {
    if (!isTold) {
      isTold = true;
      String what = "the journal has more older copies of this and maybe others than are looked at";
      volume.log().add(Finding.note(volume.origin(inode), what));
    }
  }

  /** Where a deleted inode was; null when nothing tells. */
  byte @Nullable [] path(long inode) {
    return names.path(inode, null);
  }

  private boolean isWhole(Inode inode) {
    return inode.size() > 0
        && inode.number() >= superblock.firstInode()
        && (!volume.checksums().verified()
            || volume.checksums().inodeFits(inode.shared(), inode.number(), inode.extraBytes()));
  }

  private boolean show(Inode inode, OldCopies.Copy copy, Inode now, DeletedFile.Visitor visitor)
      throws IOException {
    Volume then = after(copy.sequence());
    PointedBlocks blocks = PointedBlocks.of(then, volume.bitmaps(), inode, allowance);
    boolean hasContent = blocks.blocks() > 0 || inode.has(InodeFlag.INLINE_DATA);
    if (inode.type() == NodeType.FILE && !hasContent) {
      return false;
    }
    boolean isSame = Identity.of(inode).equals(Identity.of(now));
    String source = Past.source(copy.sequence());
    visitor.visit(
        new DeletedFile(
            new PastNode(then, volume.blocks(), inode, source),
            isSame ? State.DELETED : State.REPLACED,
            blocks.blocks(),
            blocks.used(),
            source,
            blocks.trouble(),
            names.path(inode.number(), copy.sequence())));
    return true;
  }

  /** The metadata as it was after a transaction. */
  private Volume after(int transaction) {
    Volume known = past;
    if (known == null || sequence != transaction) {
      ByteSource then = copies.after(transaction, volume.blocks().source());
      known = volume.at(then, new FindingLog());
      past = known;
      sequence = transaction;
    }
    return known;
  }
}
