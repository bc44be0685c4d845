package drydock.fs.ext4;

import drydock.finding.FindingLog;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories and inodes that a walk comes to next, many together: first all blocks of the
 * directories, then all parts of the inode tables that their names lead to, each in the order of
 * the disk. What has anything to be told of is left out, so that the walk reads it again and tells;
 * inodes themselves are looked at by the walk alone. For one thread.
 */
final class AheadReader {
  /** Of a directory that is longer, the blocks are not read together with those of others. */
  private static final int BLOCKS_OF_ONE = 256;

  private static final int BLOCKS = 2048;

  /** Of so many names the nodes are read together. */
  private static final int NAMES = 1 << 12;

  private static final int PIECE_BYTES = 1 << 20;

  /** What becomes of a step. */
  static final class Part {
    final AheadPath.Step step;
    @Nullable Inode inode;
    @Nullable Listing listing;
    int from;
    int end;

    Part(AheadPath.Step step) {
      this.step = step;
      this.listing = step.listing();
      this.from = step.from();
      this.end = step.end();
    }

    boolean isPiece() {
      return step.listing() != null;
    }
  }

  private final Volume volume;
  private final Blocks blocks;
  private FindingLog quietLog = new FindingLog();
  private Volume quiet;
  private final byte[] piece = new byte[PIECE_BYTES];
  private long[] places = new long[256];
  private int count;

  AheadReader(Volume volume) {
    this.volume = volume;
    this.blocks = volume.blocks().batched();
    this.quiet = volume.with(quietLog, blocks);
  }

  /** So that what is read next again finds all there is, the descriptors of groups included. */
  private void forgetFindings() {
    if (!quietLog.isEmpty()) {
      quietLog = new FindingLog();
      quiet = volume.with(quietLog, blocks);
    }
  }

  List<Part> read(List<AheadPath.Step> steps) {
    List<Part> parts = steps.stream().map(Part::new).toList();
    for (Part part : parts) {
      if (!part.isPiece()) {
        wantInode(part.step.directory());
      }
    }
    loadWanted(true);
    list(parts);
    int left = NAMES;
    for (Part part : parts) {
      left -= wantNodes(part, left);
    }
    loadWanted(true);
    parts.forEach(this::readInodes);
    return parts;
  }

  private void list(List<Part> parts) {
    for (Part part : parts) {
      part.inode = part.isPiece() ? null : directory(part.step.directory());
    }
    loadWanted(false);
    for (Part part : parts) {
      if (part.inode != null) {
        part.listing = list(part.inode);
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
    long end = inode.size() / quiet.blocks().blockBytes();
    if (inode.has(InodeFlag.INLINE_DATA) || end > BLOCKS_OF_ONE) {
      return;
    }
    BlockMap map = Contents.map(quiet, inode);
    long at = 0;
    while (at < end && count < BLOCKS) {
      BlockRun run = map.runAt(at);
      long until = Math.min(end, run.end());
      for (long each = at; run.isData() && each < until; each++) {
        want(run.block() + each - run.start());
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

  /** Of how many names of this part the nodes will be read: at most {@code limit}. */
  private int wantNodes(Part part, int limit) {
    Listing listing = part.listing;
    if (listing == null) {
      return 0;
    }
    if (!part.isPiece()) {
      part.end = Math.min(limit, Math.min(AheadPath.PIECE, listing.names().size()));
      listing.claim(part.end);
    }
    for (int i = part.from; i < part.end; i++) {
      wantInode(listing.inode(i));
    }
    return part.end - part.from;
  }

  private void readInodes(Part part) {
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

  private void wantInode(long number) {
    try {
      if (quiet.inodes().isInode(number)) {
        want(quiet.inodes().tableBlock(number));
      }
    } catch (IOException e) {
      return; // the walk comes to it and tells
    }
  }

  private void want(long block) {
    if (count > 0 && places[count - 1] == block) {
      return;
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
    }
    places[count++] = block;
  }

  /** Reads what is wanted so far, and begins anew. */
  private void loadWanted(boolean ofTables) {
    long[] sorted = Arrays.copyOf(places, count);
    Arrays.sort(sorted);
    sorted = distinct(sorted);
    if (ofTables) {
      quiet.blocks().loadTables(sorted, piece);
    } else {
      quiet.blocks().load(sorted, piece);
    }
    count = 0;
  }

  private static long[] distinct(long[] sorted) {
    int kept = 0;
    for (long each : sorted) {
      if (kept == 0 || sorted[kept - 1] != each) {
        sorted[kept++] = each;
      }
    }
    return Arrays.copyOf(sorted, kept);
  }
}
