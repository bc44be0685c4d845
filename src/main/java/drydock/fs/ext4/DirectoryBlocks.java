package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;
import static drydock.bytes.LittleEndian.u8;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;

/**
 * The blocks of a directory, their checksums verified (kernel {@code fs/ext4/namei.c}, {@code
 * ext4_dirblock_csum_verify} and {@code ext4_dx_csum_verify}).
 */
final class DirectoryBlocks {
  static final int ROOT_COUNT_AT = 0x20;
  static final int NODE_COUNT_AT = 0x8;

  private static final int TAIL_BYTES = 12;
  private static final int TAIL_TYPE = 0xde;
  private static final int BYTES_AT_ONCE = 256 << 10;
  private static final int MAX_FAILURES = 1024;

  /** Is shown each block that is there. */
  @FunctionalInterface
  interface Visitor {
    void visit(long fileBlock, byte[] raw);
  }

  private final Volume volume;
  private final Inode inode;
  private final BlockMap map;
  private final int blockBytes;
  private long count;

  DirectoryBlocks(Volume volume, Inode inode) throws CorruptDataException {
    this.volume = volume;
    this.inode = inode;
    this.map = Contents.map(volume, inode);
    this.blockBytes = volume.blocks().blockBytes();
    this.count = volume.blocks().whole(inode.size());
  }

  /**
   * Counts blocks behind the stated size, too: a deleted directory has the size 0 as long as its
   * blocks are not freed; another's size lies.
   */
  void extend() {
    long stated = count;
    try {
      BlockRun run = map.runAt(stated);
      while (run.isData() && count - stated < volume.superblock().blocks()) {
        count = run.end();
        run = map.runAt(count);
      }
    } catch (IOException e) {
      volume.log().add(e, volume.origin(inode.number()));
    }
    if (count > stated && inode.links() > 0) {
      String what = "the directory has blocks behind its size; they are read as well";
      volume.damage(inode.number(), 0x4, what);
    }
  }

  /** How many there are. */
  long count() {
    return count;
  }

  int blockBytes() {
    return blockBytes;
  }

  Origin origin(long fileBlock) {
    return volume.origin(inode.number()).child("block", fileBlock);
  }

  /** One block; its number counts from the directory's start. */
  byte[] read(long fileBlock) throws IOException {
    BlockRun run = map.runAt(fileBlock);
    if (!run.isData() || fileBlock >= count) {
      throw new CorruptDataException(origin(fileBlock), 0, "the directory has no such block");
    }
    byte[] raw = volume.blocks().metadata(run.block() + fileBlock - run.start());
    verify(raw, fileBlock);
    return raw;
  }

  /** Where the entries of an index block end; 0 for a block of names. */
  int indexEnd(byte[] raw, long fileBlock) {
    int countAt = countOffset(raw, fileBlock);
    return countAt == 0 ? 0 : indexEndAt(raw, countAt);
  }

  private static int indexEndAt(byte[] raw, int countAt) {
    return Math.min(raw.length, countAt + 8 * u16(raw, countAt + 2));
  }

  /** All blocks in their order; holes and what cannot be read are told and passed over. */
  void each(Visitor visitor) {
    if ((inode.size() & blockBytes - 1) != 0) {
      volume.damage(inode.number(), 0x4, "the directory's size is no whole number of blocks");
    }
    if (count == 0 && inode.links() > 0) {
      volume.damage(inode.number(), 0x4, "the directory has no block");
    }
    long left = volume.superblock().blocks();
    int failures = 0;
    int blocksAtOnce = Math.max(1, BYTES_AT_ONCE / blockBytes);
    long at = 0;
    while (at < count) {
      try {
        BlockRun run = map.runAt(at);
        if (run.isData()) {
          if (at == run.start() || (at & blocksAtOnce - 1) == 0) {
            long behind = Math.min(run.end(), Math.min(count, at + blocksAtOnce));
            volume.blocks().load(run.block() + at - run.start(), (int) (behind - at));
          }
          visitor.visit(at, read(at));
          at++;
          left--;
        } else {
          volume.log().add(Finding.damage(origin(at), 0, "the directory has a hole"));
          at = run.end();
          failures++;
        }
      } catch (IOException e) {
        tell(e, origin(at));
        at++;
        failures++;
      }
      if (left < 0 || failures > MAX_FAILURES) {
        volume.damage(inode.number(), 0x28, "the directory is too damaged to be read to its end");
        return;
      }
    }
  }

  /** Is shown where each block lies. */
  @FunctionalInterface
  interface PlaceVisitor {
    void visit(long fileBlock, long block);
  }

  /** Where the blocks lie that are there, in their order, as far as the map can be read. */
  void eachPlace(PlaceVisitor visitor) {
    long left = volume.superblock().blocks();
    long at = 0;
    try {
      while (at < count && left > 0) {
        BlockRun run = map.runAt(at);
        long behind = Math.min(run.end(), count);
        for (; run.isData() && at < behind && left > 0; at++, left--) {
          visitor.visit(at, run.block() + at - run.start());
        }
        at = behind;
        left--;
      }
    } catch (IOException e) {
      tell(e, origin(at)); // whoever lists the directory is told the same
    }
  }

  /**
   * What an older copy of a block was: where its names begin to be looked for behind the entries of
   * an index, 0 for a block of names, less than 0 for what is not believed to be this directory's.
   */
  int formerly(byte[] raw, long fileBlock) {
    int countAt = formerCountOffset(raw, fileBlock);
    if (volume.checksums().verified()) {
      int seed = volume.checksums().inodeSeed(inode.number(), (int) inode.generation());
      boolean isIndex = countAt > 0 && indexFits(seed, raw, countAt);
      return isIndex ? indexEndAt(raw, countAt) : leafFits(seed, raw) ? 0 : -1;
    }
    if (fileBlock == 0 && !isOwnFirst(raw)) {
      return -1;
    }
    return countAt > 0 ? indexEndAt(raw, countAt) : isChain(raw) ? 0 : -1;
  }

  /** As {@link #countOffset}, whether or not the directory is indexed by now. */
  private int formerCountOffset(byte[] raw, long fileBlock) {
    int at = fileBlock == 0 ? ROOT_COUNT_AT : NODE_COUNT_AT;
    boolean isIndex =
        fileBlock == 0
            ? u32(raw, 0x18) == 0 && u8(raw, 0x1d) == 8
            : u32(raw, 0) == 0 && u8(raw, 6) == 0 && spansBlock(u16(raw, 4));
    boolean isCount = u16(raw, at + 2) > 0 && u16(raw, at + 2) <= u16(raw, at);
    return isIndex && isCount && at + 8 * u16(raw, at) <= raw.length ? at : 0;
  }

  private boolean isOwnFirst(byte[] raw) {
    return u32(raw, 0) == inode.number() && u16(raw, 4) == 12 && u16(raw, 8) == '.';
  }

  /** Whether a block is nothing but records from its start to its end. */
  private boolean isChain(byte[] raw) {
    DirentBlock chain = new DirentBlock(raw, 0, raw.length, DirentForm.of(volume, inode));
    while (chain.step()) {
      if (chain.inode() != 0 && !volume.inodes().isInode(chain.inode())) {
        return false;
      }
    }
    return chain.trouble() == null;
  }

  /** That others use the blocks of a deleted directory is no damage. */
  private void tell(IOException e, Origin origin) {
    if (inode.links() == 0 && e instanceof CorruptDataException lost) {
      volume.log().add(Finding.note(origin, lost.what()));
    } else {
      volume.log().add(e, origin);
    }
  }

  private void verify(byte[] raw, long fileBlock) throws CorruptDataException {
    if (!volume.checksums().verified()) {
      return;
    }
    int seed = volume.checksums().inodeSeed(inode.number(), (int) inode.generation());
    int countAt = countOffset(raw, fileBlock);
    boolean fits = countAt > 0 ? indexFits(seed, raw, countAt) : leafFits(seed, raw);
    if (!fits && inode.links() == 0) {
      String what = "a block that was a deleted directory's is another's now";
      throw new CorruptDataException(origin(fileBlock), 0, what);
    }
    if (!fits) {
      String what = "the directory block's checksum does not fit";
      volume.log().add(Finding.damage(origin(fileBlock), 0, what));
    }
  }

  /** Where an index block counts its entries; 0 for a block of names. */
  private int countOffset(byte[] raw, long fileBlock) {
    if (!inode.has(InodeFlag.INDEXED)) {
      return 0;
    }
    if (fileBlock == 0) {
      return ROOT_COUNT_AT;
    }
    boolean isNode = u32(raw, 0) == 0 && u8(raw, 6) == 0 && spansBlock(u16(raw, 4));
    return isNode ? NODE_COUNT_AT : 0;
  }

  private boolean spansBlock(int recordLength) {
    return blockBytes == 1 << 16
        ? recordLength == 0xffff || recordLength == 0
        : recordLength == blockBytes;
  }

  private static boolean indexFits(int seed, byte[] raw, int countAt) {
    int limit = u16(raw, countAt);
    int count = u16(raw, countAt + 2);
    int tail = countAt + limit * 8;
    if (count > limit || tail + 8 > raw.length) {
      return false;
    }
    int sum = Checksums.crc32c(seed, raw, 0, countAt + count * 8);
    sum = Checksums.crc32c(sum, raw, tail, 4);
    return Checksums.crc32c(sum, new byte[4]) == i32(raw, tail + 4);
  }

  private static boolean leafFits(int seed, byte[] raw) {
    int tail = raw.length - TAIL_BYTES;
    return u32(raw, tail) == 0
        && u16(raw, tail + 4) == TAIL_BYTES
        && u8(raw, tail + 6) == 0
        && u8(raw, tail + 7) == TAIL_TYPE
        && Checksums.sumFits(seed, raw, tail, tail + 8);
  }
}
