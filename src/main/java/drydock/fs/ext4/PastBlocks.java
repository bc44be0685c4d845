package drydock.fs.ext4;

import drydock.finding.Finding;
import drydock.fs.ext4.journal.OldCopies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The older copies of a directory's blocks. One is believed when its checksum says that it is of
 * this directory; in a file system without checksums when its records lead to the end of the block,
 * and that of the first block when it begins with the directory's own name.
 */
final class PastBlocks {
  /** A bound for time; a block that changes in each transaction may have some thousands. */
  private static final int MAX_COPIES = 1 << 12;

  /** Is shown each copy that is believed. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A copy as a transaction left it.
     *
     * @param namesFrom where the entries of an index block end; 0 for a block of names
     */
    void visit(long fileBlock, int sequence, byte[] raw, int namesFrom) throws IOException;
  }

  private record Place(long fileBlock, long block) {}

  private final Volume volume;
  private final OldCopies copies;
  private final DirectoryBlocks blocks;
  private final List<Place> places = new ArrayList<>();

  PastBlocks(Volume volume, Inode inode, OldCopies copies) throws IOException {
    this.volume = volume;
    this.copies = copies;
    this.blocks = new DirectoryBlocks(volume, inode);
    Set<Long> known = new HashSet<>();
    blocks.eachPlace(
        (fileBlock, block) -> {
          if (!copies.of(block).isEmpty() && known.add(block)) {
            places.add(new Place(fileBlock, block));
          }
        });
  }

  /** Whether no block has any. */
  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Shows them by the directory's blocks, the newest first. */
  void each(Visitor visitor) throws IOException {
    for (Place place : places) {
      List<OldCopies.Copy> older = copies.of(place.block());
      if (older.size() > MAX_COPIES) {
        String what = "of a block of the directory only the newest " + MAX_COPIES + " older copies";
        volume.log().add(Finding.note(blocks.origin(place.fileBlock()), what + " are looked at"));
        older = older.subList(0, MAX_COPIES);
      }
      for (OldCopies.Copy copy : older) {
        byte[] raw = new byte[blocks.blockBytes()];
        copies.read(copy, 0, raw, 0, raw.length);
        int namesFrom = blocks.formerly(raw, place.fileBlock());
        if (namesFrom >= 0) {
          visitor.visit(place.fileBlock(), copy.sequence(), raw, namesFrom);
        }
      }
    }
  }
}
