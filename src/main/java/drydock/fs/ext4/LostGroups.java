package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a group's bitmaps and its inode table must lie when no descriptor tells: where mke2fs and
 * the kernel put them, next to those of a neighbour, or wherever a table of just these inodes is
 * found (e2fsprogs {@code lib/ext2fs/alloc_tables.c}, {@code ext2fs_allocate_group_table}; kernel
 * {@code fs/ext4/resize.c}, {@code ext4_alloc_group_tables}). What is answered depends on nothing
 * but the disk. Safe from many threads.
 *
 * <p>Reads a few KiB for each place that may be it, and at most twice {@value #SEARCHED} bytes when
 * it has to look at every block.
 */
final class LostGroups {
  private static final long SEARCHED = 64L << 20;
  private static final int PIECE = 1 << 20;

  /** Flexible groups larger than this are not believed where it costs time. */
  private static final int MAX_FLEX = 64;

  private static final int MEMORY = 1 << 12;

  /** Blocks that look like a table's first one, of a group: hostile ones all do. */
  private static final int MAX_TRIED = 1 << 12;

  /** In blocks; mke2fs makes no smaller ones. */
  private static final int SMALLEST_GROUP = 256;

  /** Where the records of a group may lie, and in what pattern: a row of groups and its length. */
  private record Place(long first, long row, long blockBitmap, long inodeBitmap, long table) {}

  /**
   * What is believed of a group.
   *
   * @param places of bitmaps only where they are known; 0 where not
   * @param how in words, for the finding
   */
  record Found(GroupDescriptor places, String how) {}

  private final Volume volume;
  private final Superblock superblock;
  private final TableLook look;
  private final long tableBlocks;
  private final Lru<Optional<Found>> finds = new Lru<>(1 << 16, found -> 1);
  private final Lru<Boolean> patterns = new Lru<>(MEMORY, holds -> 1);

  LostGroups(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.look = new TableLook(volume);
    this.tableBlocks = superblock.tableBlocks();
  }

  /**
   * Looks for the records of a group.
   *
   * @param stated what a damaged descriptor says, perhaps rightly
   * @param neighbours sound descriptors of the groups before and after it
   * @return empty when nothing can be believed
   */
  Optional<Found> find(
      long group, @Nullable GroupDescriptor stated, List<GroupDescriptor> neighbours)
      throws IOException {
    Optional<Found> result = Optional.ofNullable(believed(group, stated, neighbours));
    finds.put(group, result);
    return result;
  }

  private @Nullable Found believed(
      long group, @Nullable GroupDescriptor stated, List<GroupDescriptor> neighbours)
      throws IOException {
    TableLook.Belief own =
        stated == null ? TableLook.Belief.NONE : look.at(group, stated.inodeTable());
    if (stated != null && own == TableLook.Belief.CERTAIN) {
      return new Found(stated.placesOnly(), "its own places hold");
    }
    List<Place> places = places(group, neighbours);
    Place likely = null;
    Place empty = null;
    for (Place place : places) {
      switch (look.at(group, place.table)) {
        case CERTAIN -> {
          return found(group, place, "the inode table was found where the format puts it");
        }
        case LIKELY -> likely = likely == null ? place : likely;
        case EMPTY -> empty = empty == null || !holds(empty) && holds(place) ? place : empty;
        default -> {}
      }
    }
    if (stated != null && own != TableLook.Belief.NONE) {
      return new Found(stated.placesOnly(), "its own places may hold");
    }
    if (empty != null && likely == null && holds(empty)) {
      return found(group, empty, "it has the place that the pattern of its neighbours gives it");
    }
    long table = search(group);
    if (table != 0) {
      return found(group, new Place(group, 0, 0, 0, table), "its inode table was searched for");
    }
    Place guess = likely != null ? likely : empty;
    return guess == null ? null : found(group, guess, "its places are guessed from the format");
  }

  /** What was found of a group before; empty when it was not found, or never looked for. */
  Optional<Found> known(long group) {
    Optional<Found> before = finds.get(group);
    return before == null ? Optional.empty() : before;
  }

  /**
   * Whether it makes sense to look for a group: once, and not for the millions of tiny groups that
   * a damaged superblock may make of a disk.
   */
  boolean isLookedFor(long group) {
    return finds.get(group) == null && isBelievable(group);
  }

  private boolean isBelievable(long group) {
    long blocks = superblock.blocksPerGroup();
    long there = volume.blocks().source().size() / superblock.blockBytes();
    return blocks >= SMALLEST_GROUP
        && tableBlocks < blocks
        && superblock.firstBlock(firstOfFlexible(group)) < there;
  }

  private long firstOfFlexible(long group) {
    long flex = superblock.flexibleGroups();
    return flex <= MAX_FLEX ? group / flex * flex : group;
  }

  private Found found(long group, Place place, String how) throws IOException {
    long inodes = look.isBitmap(group, place.table, place.inodeBitmap) ? place.inodeBitmap : 0;
    long blocks = inodes == 0 ? 0 : place.blockBitmap;
    return new Found(
        new GroupDescriptor(group, blocks, inodes, place.table, 0, 0, 0, 0, 0, 0, null), how);
  }

  private List<Place> places(long group, List<GroupDescriptor> neighbours) {
    List<Place> places = new ArrayList<>();
    for (GroupDescriptor each : neighbours) {
      long step = group - each.group();
      places.add(
          new Place(
              group,
              0,
              each.blockBitmap() + step,
              each.inodeBitmap() + step,
              each.inodeTable() + step * tableBlocks));
    }
    places.add(place(group, group, 1));
    long flex = superblock.flexibleGroups();
    if (flex > 1) {
      long start = group / flex * flex;
      addRows(places, group, start, flex);
      // what a resizing added may begin in the middle
      for (long first = Math.max(start + 1, group - MAX_FLEX); first <= group; first++) {
        addRows(places, group, first, flex);
      }
    }
    return places;
  }

  private void addRows(List<Place> places, long group, long first, long flex) {
    long end = Math.min((first / flex + 1) * flex, superblock.groups());
    places.add(place(group, first, end - first));
    if (end - first != flex) {
      places.add(place(group, first, flex)); // mke2fs leaves the room of a whole one
    }
  }

  /** All block bitmaps of a row of groups, then all inode bitmaps, then all tables. */
  private Place place(long group, long first, long row) {
    // with clusters of 1 KiB blocks the superblock is not in the first group's first block
    long start =
        first == 0 ? Superblock.OFFSET / superblock.blockBytes() : superblock.firstBlock(first);
    long base = start + volume.bitmaps().copyBlocks(first);
    long at = group - first;
    return new Place(first, row, base + at, base + row + at, base + 2 * row + at * tableBlocks);
  }

  /** Whether any group of the same row certainly has its table where this pattern puts it. */
  private boolean holds(Place place) throws IOException {
    if (place.row <= 1 || place.row > MAX_FLEX) {
      return false;
    }
    long key = place.first * (MAX_FLEX + 1) + place.row;
    Boolean known = patterns.get(key);
    if (known == null) {
      known = false;
      long end = Math.min(place.first + place.row, superblock.groups());
      for (long group = place.first; group < end && !known; group++) {
        Place other = place(group, place.first, place.row);
        known = look.at(group, other.table) == TableLook.Belief.CERTAIN;
      }
      patterns.put(key, known);
    }
    return known;
  }

  /**
   * Looks at each block where the table may begin, in the first of its flexible group and in its
   * own, each once; 0 when it is nowhere. So all groups together read the disk at most twice.
   */
  private long search(long group) throws IOException {
    long first = firstOfFlexible(group);
    long table = searchIn(first, group);
    return table == 0 && first != group ? searchIn(group, group) : table;
  }

  private long searchIn(long where, long group) throws IOException {
    int blockBytes = superblock.blockBytes();
    long at = superblock.firstBlock(where);
    long most = Math.min(superblock.blocksPerGroup(), SEARCHED / blockBytes);
    long there = volume.blocks().source().size() / blockBytes;
    long end = Math.min(at + most, Math.min(superblock.blocks(), there));
    int inPiece = (int) Math.max(1, Math.min(PIECE / blockBytes, end - at));
    byte[] piece = new byte[inPiece * blockBytes];
    Candidate best = new Candidate(group);
    while (at < end && best.tried < MAX_TRIED) {
      int count = (int) Math.min(inPiece, end - at);
      try {
        volume.blocks().read(at, 0, piece, 0, count * blockBytes);
      } catch (CorruptDataException e) {
        return best.table; // nothing tells where it goes on
      }
      for (int i = 0; i < count; i++) {
        if (look.mayBegin(group, piece, i * blockBytes)) {
          best.tryAt(at + i);
        }
      }
      at = afterHole(at + count);
    }
    return best.table;
  }

  /** The place at which most inodes fit. */
  private final class Candidate {
    private final long group;
    private long table;
    private int most;
    private int tried;

    Candidate(long group) {
      this.group = group;
    }

    void tryAt(long place) throws IOException {
      tried++;
      int fits = look.at(group, place) == TableLook.Belief.CERTAIN ? look.fits(group, place) : 0;
      if (fits > most) {
        table = place;
        most = fits;
      }
    }
  }

  private long afterHole(long block) throws IOException {
    long position = block * superblock.blockBytes();
    if (position >= volume.blocks().source().size()) {
      return block;
    }
    return Math.max(block, volume.blocks().source().nextData(position) / superblock.blockBytes());
  }
}
