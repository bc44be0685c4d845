package drydock.fs.ext4;

import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.List;

/**
 * Reads the inodes that the names of listed directories lead to, many together: all parts of the
 * inode tables where they lie, in the order of the disk. They are looked at by the walk alone. What
 * has anything to be told of is left out, so that the walk reads it again and tells. For one
 * thread.
 */
final class AheadInodes {
  private final Volume volume;
  private final Blocks blocks;
  private final WantedBlocks wanted;
  private FindingLog quietLog = new FindingLog();
  private Volume quiet;

  AheadInodes(Volume volume) {
    this.volume = volume;
    this.blocks = volume.blocks().batched();
    this.wanted = new WantedBlocks(blocks);
    this.quiet = volume.with(quietLog, blocks);
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
        byte[] slot = quiet.inodes().slot(listing.inode(i));
        if (quietLog.isEmpty()) {
          listing.put(i, slot);
        }
      } catch (IOException e) {
        continue; // the walk comes to it and tells
      }
    }
  }
}
