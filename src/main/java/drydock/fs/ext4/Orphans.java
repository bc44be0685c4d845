package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The inodes that the next mount would clean up: those on the superblock's list, chained through
 * the fields of their deletion times, and those in the orphan file (kernel {@code
 * fs/ext4/orphan.c}). Inodes without links were deleted while they were open; the others were being
 * truncated and are alive. Immutable.
 *
 * <p>It is the state that the journal leaves, before any cleaning.
 */
final class Orphans {
  private static final int TAIL_MAGIC = 0x0b10ca04;
  private static final int TAIL_BYTES = 8;

  /** The kernel refuses larger orphan files. */
  private static final int MAX_FILE_BYTES = 8 << 20;

  /** A bound for what damage can claim. */
  private static final int MAX_LISTED = 1 << 21;

  private final Volume volume;
  private final SortedSet<Long> deleted = new TreeSet<>();
  private final SortedSet<Long> truncated = new TreeSet<>();

  private Orphans(Volume volume) {
    this.volume = volume;
  }

  /** Reads both; what is wrong with them is a finding, and the rest counts. */
  static Orphans read(Volume volume) throws IOException {
    Orphans orphans = new Orphans(volume);
    orphans.followList();
    if (volume.has(Feature.ORPHAN_FILE)) {
      orphans.readFile();
    }
    for (long inode : orphans.truncated) {
      String what = "the inode was being truncated; what lies behind its size is to be freed";
      volume.log().add(Finding.note(volume.origin(inode), what));
    }
    return orphans;
  }

  /** Whether an inode without any name was still open. */
  boolean contains(long inode) {
    return !deleted.isEmpty() && deleted.contains(inode);
  }

  /** The inodes without links, in order. */
  SortedSet<Long> deleted() {
    return deleted;
  }

  /** The inodes with links. */
  SortedSet<Long> truncated() {
    return truncated;
  }

  private void followList() throws IOException {
    Origin origin = volume.origin().child("orphan list");
    long next = volume.superblock().lastOrphan();
    SortedSet<Long> seen = new TreeSet<>();
    while (next != 0) {
      if (!seen.add(next) || seen.size() > MAX_LISTED) {
        String what = "the orphan list goes in a circle, or is too long";
        volume.log().add(Finding.damage(origin, 0, what, "inode " + next, "an end"));
        return;
      }
      Inode inode = accept(next, origin, 0);
      if (inode == null) {
        return;
      }
      next = inode.deletionField();
    }
  }

  /** Adds an inode if it can be an orphan. */
  private @Nullable Inode accept(long number, Origin origin, long offset) throws IOException {
    if (number < volume.superblock().firstInode() || !volume.inodes().isInode(number)) {
      String what = "an orphan that cannot be: inode " + number;
      volume.log().add(Finding.damage(origin, offset, what));
      return null;
    }
    try {
      Inode inode = volume.inodes().read(number);
      if (inode.links() > 0) {
        truncated.add(number);
      } else if (volume.bitmaps().inode(number) == Bitmaps.Use.FREE) {
        String what = "an orphan that is already free: inode " + number;
        volume.log().add(Finding.damage(origin, offset, what));
        return null;
      } else {
        deleted.add(number);
      }
      return inode;
    } catch (CorruptDataException | NoSuchFileException e) {
      volume.log().add(e, origin);
      return null;
    }
  }

  private void readFile() throws IOException {
    long number = volume.superblock().orphanFile();
    Origin origin = volume.origin().child("orphan file");
    try {
      Inode file = volume.inodes().read(number);
      int blockBytes = volume.blocks().blockBytes();
      if (file.size() > MAX_FILE_BYTES || file.size() % blockBytes != 0) {
        throw new CorruptDataException(
            origin, 0x4, "an orphan file of an impossible size: " + file.size());
      }
      BlockMap map = Contents.map(volume, file);
      for (long at = 0; at < file.size() / blockBytes; at++) {
        BlockRun run = map.runAt(at);
        if (run.isData()) {
          readBlock(file, run.block() + at - run.start(), origin);
        } else {
          volume.log().add(Finding.damage(origin, at * blockBytes, "the orphan file has a hole"));
        }
      }
    } catch (CorruptDataException | NoSuchFileException e) {
      volume.log().add(e, origin);
    }
  }

  private void readBlock(Inode file, long block, Origin fileOrigin) throws IOException {
    byte[] raw = volume.blocks().metadata(block);
    int end = raw.length - TAIL_BYTES;
    Origin origin = fileOrigin.child("block " + block);
    if (i32(raw, end) != TAIL_MAGIC) {
      String found = String.format(Locale.ROOT, "0x%08x", i32(raw, end));
      String what = "a block of the orphan file without its mark; it is left out";
      volume.log().add(Finding.damage(origin, end, what, found, "0x0b10ca04"));
      return;
    }
    if (volume.checksums().verified() && sum(file, block, raw, end) != i32(raw, end + 4)) {
      volume.log().add(Finding.damage(origin, end + 4, "the block's checksum does not fit"));
    }
    for (int at = 0; at < end; at += 4) {
      if (u32(raw, at) != 0) {
        accept(u32(raw, at), origin, at);
      }
    }
  }

  /** Over the block's number, 64 bits, and its entries. */
  private int sum(Inode file, long block, byte[] raw, int end) {
    byte[] number = new byte[8];
    Checksums.putInt(number, 0, (int) block);
    Checksums.putInt(number, 4, (int) (block >>> 32));
    int seed = volume.checksums().inodeSeed(file.number(), (int) file.generation());
    return Checksums.crc32c(Checksums.crc32c(seed, number), raw, 0, end);
  }
}
