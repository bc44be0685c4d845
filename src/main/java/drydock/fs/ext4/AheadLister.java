package drydock.fs.ext4;

import drydock.finding.FindingLog;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists directories that a walk comes to next, many together: their blocks are read in the order of
 * the disk. What has anything to be told of is left out, so that the walk reads it again and tells.
 * For one thread.
 */
final class AheadLister {
  /** Of a directory that is longer, the blocks are not read together with those of others. */
  private static final int BLOCKS_OF_ONE = 256;

  private static final int BLOCKS = 2048;

  /** Of so many names the inodes are read together. */
  private static final int NAMES = 1 << 12;

  private final Volume volume;
  private final Blocks blocks;
  private final WantedBlocks wanted;
  private FindingLog quietLog = new FindingLog();
  private Volume quiet;

  AheadLister(Volume volume) {
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

  /** Lists what is to be listed, and claims the names whose inodes are to be read with it. */
  List<AheadPart> list(List<AheadPath.Step> steps) {
    List<AheadPart> parts = new ArrayList<>(steps.size());
    for (AheadPath.Step step : steps) {
      AheadPart part = new AheadPart(step);
      parts.add(part);
      if (!part.isPiece()) {
        wantInode(step.directory());
      }
    }
    wanted.loadTables();
    listAll(parts);
    int left = NAMES;
    for (AheadPart part : parts) {
      left -= claim(part, left);
    }
    return parts;
  }

  private void listAll(List<AheadPart> parts) {
    Inode[] directories = new Inode[parts.size()];
    for (int i = 0; i < directories.length; i++) {
      AheadPart part = parts.get(i);
      directories[i] = part.isPiece() ? null : directory(part.step.directory());
    }
    wanted.load();
    for (int i = 0; i < directories.length; i++) {
      if (directories[i] != null) {
        parts.get(i).listing = list(directories[i]);
      }
    }
  }

  private @Nullable Inode directory(long number) {
    try {
      Inode inode = quiet.inodes().read(number);
      if (inode.type() == NodeType.DIRECTORY) {
        wantBlocks(inode);
        return inode;
      }
      return null;
    } catch (IOException e) {
      return null; // the walk comes to it and tells
    }
  }

  private void wantBlocks(Inode inode) throws IOException {
    long end = quiet.blocks().whole(inode.size());
    if (inode.has(InodeFlag.INLINE_DATA) || end > BLOCKS_OF_ONE) {
      return;
    }
    BlockMap map = Contents.map(quiet, inode);
    long at = 0;
    while (at < end && wanted.count() < BLOCKS) {
      BlockRun run = map.runAt(at);
      long until = Math.min(end, run.end());
      for (long each = at; run.isData() && each < until; each++) {
        wanted.add(run.block() + each - run.start());
      }
      at = Math.max(at + 1, until);
    }
  }

  private @Nullable Listing list(Inode directory) {
    forgetFindings();
    try {
      DirentList names = new Directory(quiet, directory).list();
      return quietLog.isEmpty() ? new Listing(directory.number(), names) : null;
    } catch (IOException e) {
      return null; // the walk comes to it and tells
    }
  }

  /** Of how many names of this part the inodes are to be read: at most {@code limit}. */
  private static int claim(AheadPart part, int limit) {
    Listing listing = part.listing;
    if (listing == null) {
      return 0;
    }
    if (!part.isPiece()) {
      part.end = Math.min(limit, Math.min(AheadPath.PIECE, listing.names().size()));
      listing.claim(part.end);
    }
    return part.end - part.from;
  }

  private void wantInode(long number) {
    try {
      if (quiet.inodes().isInode(number)) {
        wanted.add(quiet.inodes().tableBlock(number));
      }
    } catch (IOException e) {
      return; // the walk comes to it and tells
    }
  }
}
