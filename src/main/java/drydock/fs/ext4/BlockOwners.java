package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds what blocks are part of: the records of the groups by where they lie, the rest by going
 * through all inodes once, deleted ones included. Memory grows with the blocks that are asked for,
 * not with the file system.
 */
final class BlockOwners {
  /** A block that more inodes claim is told with the first ones. */
  private static final int MAX_OWNERS = 64;

  private static final int JOURNAL_INODE = 8;

  private final Volume volume;
  private final Superblock superblock;
  private final long[] blocks;
  private final SortedMap<Long, List<BlockOwner>> found = new TreeMap<>();

  /** How many blocks of maps are still read: all maps together have not more than there are. */
  private long budget;

  private BlockOwners(Volume volume, long[] blocks) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.blocks = blocks;
    this.budget = superblock.blocks();
  }

  /** The owners of each block; none of one that nobody claims. */
  static SortedMap<Long, List<BlockOwner>> of(Volume volume, long[] blocks) throws IOException {
    long[] sorted = Arrays.stream(blocks).sorted().distinct().toArray();
    BlockOwners owners = new BlockOwners(volume, sorted);
    for (long block : sorted) {
      owners.found.put(block, new ArrayList<>());
    }
    new GroupRecords(volume).each(owners::range);
    if (owners.superblock.firstDataBlock() > 0) {
      owners.add(BlockOwner.ofGroup(0, BlockOwner.Role.BOOT, 0, 0, 0));
    }
    if (owners.found.values().stream().anyMatch(List::isEmpty)) {
      owners.inodes();
    }
    return owners.found;
  }

  private void inodes() throws IOException {
    new InodeScan(volume)
        .each(
            (number, raw, from, place) -> {
              byte[] slot = Arrays.copyOfRange(raw, from, from + superblock.inodeBytes());
              Inode inode = new Inode(number, slot, superblock);
              if (inode.mode() != 0 || inode.attributeBlock() != 0) {
                inode(inode);
              }
            });
  }

  private void inode(Inode inode) throws IOException {
    boolean deleted = inode.links() == 0 && inode.number() >= superblock.firstInode();
    long attributes = inode.attributeBlock();
    if (attributes != 0) {
      range(inode, BlockOwner.Role.ATTRIBUTES, attributes, 1, 0, 0, deleted);
    }
    if (!MapWalk.isMapped(inode) || isExhausted()) {
      return;
    }
    BlockOwner.Role role = role(inode);
    boolean hasExtents = inode.has(InodeFlag.EXTENTS);
    BlockOwner.Role nodes =
        hasExtents ? BlockOwner.Role.EXTENT_NODE : BlockOwner.Role.BLOCK_NUMBERS;
    MapWalk.of(
        volume,
        inode,
        new MapWalk.Visitor() {
          @Override
          public void node(MapNode node) {
            if (node.block() != 0) {
              budget--;
              range(inode, nodes, node.block(), 1, node.fileBlock(), node.depth(), deleted);
            }
          }

          @Override
          public void run(BlockRun run) {
            long length = run.end() - run.start();
            range(inode, role, run.block(), length, run.start(), 0, deleted);
          }

          @Override
          public void trouble(long block, CorruptDataException what) {
            if (!deleted) {
              volume.log().add(what, volume.origin(inode.number()));
            }
          }
        });
  }

  private boolean isExhausted() {
    if (budget < 0) {
      String what = "the maps of the inodes have more blocks than there are; not all were read";
      volume.log().add(Finding.damage(volume.origin(), 0, what));
    }
    return budget < 0;
  }

  private BlockOwner.Role role(Inode inode) {
    if (inode.number() == JOURNAL_INODE || inode.number() == superblock.journalInode()) {
      return BlockOwner.Role.JOURNAL;
    }
    NodeType type = inode.type();
    return switch (type) {
      case DIRECTORY -> BlockOwner.Role.DIRECTORY;
      case SYMLINK -> BlockOwner.Role.SYMLINK;
      default -> BlockOwner.Role.FILE;
    };
  }

  /** Blocks that are records of a group. */
  private void range(BlockOwner.Role role, long group, long first, long count) {
    int inBlock = superblock.blockBytes() / superblock.inodeBytes();
    for (int i = from(first); i < blocks.length && blocks[i] < first + count; i++) {
      long position = blocks[i] - first;
      long inode =
          role == BlockOwner.Role.INODE_TABLE
              ? group * superblock.inodesPerGroup() + position * inBlock + 1
              : 0;
      add(BlockOwner.ofGroup(blocks[i], role, group, inode, position));
    }
  }

  private void range(
      Inode inode,
      BlockOwner.Role role,
      long first,
      long count,
      long position,
      int depth,
      boolean deleted) {
    if (first < 0) {
      return;
    }
    for (int i = from(first); i < blocks.length && blocks[i] - first < count; i++) {
      long at = position + blocks[i] - first;
      add(new BlockOwner(blocks[i], role, null, inode.number(), at, depth, deleted));
    }
  }

  private void add(BlockOwner owner) {
    List<BlockOwner> owners = found.get(owner.block());
    if (owners != null && owners.size() < MAX_OWNERS) {
      owners.add(owner);
    }
  }

  private int from(long block) {
    int index = Arrays.binarySearch(blocks, block);
    return index >= 0 ? index : -index - 1;
  }
}
