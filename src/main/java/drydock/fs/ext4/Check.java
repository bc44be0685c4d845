package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.NodeType;
import drydock.fs.ext4.journal.JournalReplay;
import drydock.fs.ext4.journal.ReplayFacts;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the whole file system once and tells where its parts contradict each other: what e2fsck
 * would repair, as far as it concerns reading. Repairs nothing. Memory: a bit for each block, a few
 * bytes for each inode, bounded (see {@link Claims}, {@link Ledger}).
 */
final class Check {
  private static final int PROJECT_QUOTA_AT = 0x26c;
  private static final int COPIES_COMPARED = 64;

  private final Volume volume;
  private final Superblock superblock;

  private Check(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
  }

  /**
   * The check of a volume, without its fast commits: they change inodes and names, but neither the
   * bitmaps nor the counts that would have to fit. What the blocks say before them fits.
   */
  static Check of(Volume volume) {
    if (volume.fastCommits().isEmpty()) {
      return new Check(volume);
    }
    String what = "what fast commits changed is not compared: they bring no bitmaps and counts";
    volume.log().add(Finding.note(volume.origin(), what));
    return new Check(volume.at(volume.blocks().source(), volume.log()));
  }

  /** All that is wrong goes to the volume's log. */
  void run() throws IOException {
    checkCopies();
    checkJournal();
    Bounds bounds = bounds();
    Claims claims = new Claims(superblock);
    Ledger ledger = new Ledger(bounds.lastInode());
    volume.inodes().groups().compareCopies(bounds.groups());
    GroupCheck groups = new GroupCheck(volume, claims, bounds);
    groups.claim();
    InodeCheck inodes = new InodeCheck(volume, claims, ledger, bounds, unnamed());
    inodes.run();
    DirectoryCheck directories = new DirectoryCheck(volume, ledger, inodes, bounds);
    directories.run();
    if (!ledger.isWhole() || !claims.isWhole()) {
      String what = "too large for a whole check: names and claims are not counted";
      volume.log().add(Finding.note(volume.origin(), what));
      return;
    }
    inodes.finish();
    directories.finish(volume.orphans().deleted());
    groups.compareBlocks();
    groups.compareInodes(ledger);
  }

  /** What a recovery would say of the journal before it begins; its log was told of when opened. */
  private void checkJournal() throws IOException {
    long number = superblock.journalInode();
    if (!volume.has(Feature.HAS_JOURNAL) || number == 0) {
      return;
    }
    try {
      Inode inode = volume.inodes().read(number);
      if (inode.type() != NodeType.FILE || inode.links() == 0) {
        throw volume.corrupt(number, 0, "the journal's inode is no file");
      }
      JournalContent content = JournalContent.of(volume, inode);
      JournalReplay.check(
          content,
          new ReplayFacts(
              superblock.blockBytes(), superblock.blocks(), superblock.inodeBytes(), content));
    } catch (CorruptDataException | NoSuchFileException | EOFException e) {
      volume.log().add(e, volume.origin(number));
    }
  }

  /** How far the groups and inodes go that the source can hold. */
  record Bounds(long groups, long lastInode) {}

  private Bounds bounds() {
    long there = volume.blocks().source().size();
    long groupBytes = superblock.blocksPerGroup() * superblock.blockBytes();
    long groups = Math.min(superblock.groups(), there / groupBytes + 1);
    long inodes = Math.min(superblock.lastInode(), groups * superblock.inodesPerGroup());
    if (inodes > there / superblock.inodeBytes()) {
      volume
          .log()
          .add(
              Finding.damage(
                  volume.origin().child("superblock"), 0x0, "more inodes than there is room for"));
      inodes = there / superblock.inodeBytes();
    }
    return new Bounds(groups, inodes);
  }

  /** Files of the file system's own that have no name and no reserved number. */
  private Set<Long> unnamed() throws IOException {
    Set<Long> unnamed = new TreeSet<>();
    unnamed.add(superblock.journalInode());
    if (volume.has(Feature.ORPHAN_FILE)) {
      unnamed.add(superblock.orphanFile());
    }
    if (volume.has(Feature.QUOTA) || volume.has(Feature.PROJECT)) {
      byte[] raw = volume.blocks().source().bytes(Superblock.OFFSET, Superblock.BYTES);
      unnamed.add(LittleEndian.u32(raw, PROJECT_QUOTA_AT));
    }
    return unnamed;
  }

  /** Compares the superblock's layout with that of its copies. */
  private void checkCopies() throws IOException {
    for (long group : superblock.copies(COPIES_COMPARED).toArray()) {
      long offset = superblock.firstBlock(group) * superblock.blockBytes();
      Origin origin = volume.origin().child("superblock of group " + group);
      try {
        Superblock copy = Superblocks.at(volume.blocks().source(), offset);
        if (!Superblocks.sumFits(volume.blocks().source(), offset, copy)) {
          volume.log().add(Finding.damage(origin, 0x3fc, "the copy's checksum does not fit"));
        }
        SuperblockFields.differences(superblock, copy, volume.origin().child("superblock"))
            .forEach(volume.log()::add);
      } catch (CorruptDataException e) {
        String what = "a copy of the superblock is beyond use: " + e.what();
        volume.log().add(Finding.damage(origin, e.offset(), what));
      }
    }
  }
}
