package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.ext4.journal.FastCommits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What every reader of one file system needs: its numbers, its blocks, where findings go. */
final class Volume {
  private static final int LISTED_NAMES = 1 << 16;

  private final Superblock superblock;
  private final Blocks blocks;
  private final Checksums checksums;
  private final Origin origin;
  private final String inodeLabel;
  private final FindingLog log;
  private final Inodes inodes;
  private final Bitmaps bitmaps;
  private @Nullable Orphans orphans;
  private final FastCommits fastCommits;
  private final Lru<DirentList> listings;
  private final ReadAhead readAhead = new ReadAhead(this);
  private final Past past = new Past(this);
  private final SeenInodes seen;

  Volume(ByteSource source, Superblock superblock, FindingLog log) {
    this(source, superblock, FastCommits.NONE, log);
  }

  /** A volume whose fast commits are laid over what its blocks say. */
  Volume(ByteSource source, Superblock superblock, FastCommits fastCommits, FindingLog log) {
    this(new Blocks(source, superblock), superblock, fastCommits, LISTED_NAMES, null, log);
  }

  private Volume(
      Blocks blocks,
      Superblock superblock,
      FastCommits fastCommits,
      int listedNames,
      @Nullable LostGroups lost,
      FindingLog log) {
    this.listings = new Lru<>(listedNames, names -> names.size() + 1);
    this.fastCommits = fastCommits;
    this.superblock = superblock;
    this.origin = blocks.source().origin();
    this.inodeLabel = superblock.features().fileSystem() + " inode";
    this.log = log;
    this.blocks = blocks;
    this.checksums = new Checksums(superblock);
    this.inodes = new Inodes(this, new Groups(this, lost));
    this.bitmaps = new Bitmaps(this);
    this.seen = new SeenInodes(superblock.lastInode());
  }

  /** The same blocks with another log, and without a memory of what was read and told before. */
  Volume with(FindingLog other) {
    return with(other, blocks);
  }

  /** The same of {@link Blocks#batched} ones. */
  Volume with(FindingLog other, Blocks same) {
    return new Volume(same, superblock, fastCommits, 0, inodes.groups().lost(), other);
  }

  /**
   * The file system as its blocks were at another time, before any fast commit. What was found of
   * groups that are lost stays known: looking for it takes long, and no table moves.
   */
  Volume at(ByteSource otherTime, FindingLog other) {
    Blocks then = new Blocks(otherTime, superblock);
    LostGroups lost = inodes.groups().lost();
    return new Volume(then, superblock, FastCommits.NONE, LISTED_NAMES, lost, other);
  }

  Superblock superblock() {
    return superblock;
  }

  boolean has(Feature feature) {
    return superblock.features().has(feature);
  }

  Blocks blocks() {
    return blocks;
  }

  Checksums checksums() {
    return checksums;
  }

  /** What the journal has to say beyond its blocks. */
  FastCommits fastCommits() {
    return fastCommits;
  }

  Inodes inodes() {
    return inodes;
  }

  /** What is in use. */
  Bitmaps bitmaps() {
    return bitmaps;
  }

  /** What the next mount would clean up. */
  synchronized Orphans orphans() throws IOException {
    if (orphans == null) {
      orphans = Orphans.read(this);
    }
    return orphans;
  }

  /** The names of the directories that were listed last. */
  Lru<DirentList> listings() {
    return listings;
  }

  /** What reads for walks before they ask. */
  ReadAhead readAhead() {
    return readAhead;
  }

  /** What a walk read of the inode tables. */
  SeenInodes seen() {
    return seen;
  }

  /** What the journal keeps of earlier times. */
  Past past() {
    return past;
  }

  Origin origin() {
    return origin;
  }

  /** Where a group's descriptor speaks from. */
  Origin groupOrigin(long group) {
    return origin.child("ext4 group " + group);
  }

  /** Whether groups say which of their records were never written, under a checksum of theirs. */
  boolean hasGroupFlags() {
    return has(Feature.METADATA_CSUM) || has(Feature.UNINIT_BG);
  }

  /** How many inodes from the start of a group's table on may ever have been used. */
  long everUsed(GroupDescriptor group) {
    long inodes = superblock.inodesPerGroup();
    if (!hasGroupFlags()) {
      return inodes;
    }
    return group.inodesNeverUsed() ? 0 : Math.max(0, inodes - group.unusedInodes());
  }

  /** Where an inode's bytes come from. */
  Origin origin(long inode) {
    return origin.child(inodeLabel, inode);
  }

  FindingLog log() {
    return log;
  }

  /** Reports damage in an inode or in what belongs to it. */
  void damage(long inode, long offset, String what) {
    log.add(Finding.damage(origin(inode), offset, what));
  }

  CorruptDataException corrupt(long inode, long offset, String what) {
    return new CorruptDataException(origin(inode), offset, what);
  }
}
