package drydock.fs.ext4;

import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inodes that the names of listed directories lead to, many together: all parts of the
 * inode tables where they lie, in the order of the disk. They are looked at by the walk alone. What
 * has anything to be told of is left out, so that the walk reads it again and tells. For one
 * thread.
 */
final class AheadInodes {
  private static final int AT_ONCE = 64;

  private final Volume volume;
  private final Blocks blocks;
  private final WantedBlocks wanted;
  private FindingLog quietLog = new FindingLog();
  private Volume quiet;

  // Inodes of one block whose bytes are not copied yet.
  private final int[] taken = new int[AT_ONCE];
  private final int[] froms = new int[AT_ONCE];
  private final byte[][] slots = new byte[AT_ONCE][];
  private final int inodeBytes;
  private @Nullable Listing takenOf;
  private long block;
  private int count;

  AheadInodes(Volume volume) {
    this.volume = volume;
    this.blocks = volume.blocks().batched();
    this.wanted = new WantedBlocks(blocks);
    this.quiet = volume.with(quietLog, blocks);
    this.inodeBytes = volume.superblock().inodeBytes();
  }

  /** So that what is read next again finds all there is, the descriptors of groups included. */
  private void forgetFindings() {
    if (!quietLog.isEmpty()) {
      quietLog = new FindingLog();
      quiet = volume.with(quietLog, blocks);
    }
  }

  /** Reads those that were claimed. */
  void read(List<AheadPart> parts) {
    for (AheadPart part : parts) {
      want(part);
    }
    wanted.loadTables();
    for (AheadPart part : parts) {
      take(part);
    }
  }

  private void want(AheadPart part) {
    Listing listing = part.listing;
    if (listing == null) {
      return;
    }
    for (int i = part.from; i < part.end; i++) {
      long number = listing.inode(i);
      try {
        if (quiet.inodes().isInode(number)) {
          wanted.add(quiet.inodes().tableBlock(number));
        }
      } catch (IOException e) {
        continue; // the walk comes to it and tells
      }
    }
  }

  private void take(AheadPart part) {
    Listing listing = part.listing;
    if (listing == null) {
      return;
    }
    for (int i = part.from; i < part.end; i++) {
      forgetFindings();
      try {
        take(listing, i);
      } catch (IOException e) {
        continue; // the walk comes to it and tells
      }
    }
    give();
  }

  /** Those that follow each other and lie in one block are copied together. */
  private void take(Listing listing, int index) throws IOException {
    long number = listing.inode(index);
    if (!quiet.inodes().isInode(number)) {
      return; // the walk comes to it and tells
    }
    long place = quiet.inodes().tableBlock(number);
    int from = quiet.inodes().inBlock(number);
    if (!quietLog.isEmpty()) {
      return;
    }
    if (place != block || count == AT_ONCE) {
      give();
    }
    block = place;
    takenOf = listing;
    taken[count] = index;
    froms[count] = from;
    slots[count++] = new byte[inodeBytes];
  }

  private void give() {
    Listing listing = takenOf;
    if (listing != null && (blocks.tables(block, froms, slots, count) || copied())) {
      for (int i = 0; i < count; i++) {
        listing.put(taken[i], slots[i]);
      }
    }
    takenOf = null;
    count = 0;
  }

  /** What is not in memory any more is read again. */
  private boolean copied() {
    try {
      for (int i = 0; i < count; i++) {
        blocks.table(block, froms[i], slots[i]);
      }
      return true;
    } catch (IOException e) {
      return false; // the walk comes to it and tells
    }
  }
}
