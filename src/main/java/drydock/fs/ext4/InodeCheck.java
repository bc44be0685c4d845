package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each inode by itself: its fields, its map, its extended attributes (e2fsprogs {@code
 * e2fsck/pass1.c}).
 */
final class InodeCheck {
  private static final int BAD_BLOCKS = 1;
  private static final int RESIZE = 7;
  private static final int MAX_SHARED = 1 << 20;
  private static final int SECTOR = 512;

  /** A block of attributes: what it says of how many inodes share it, and how many do. */
  private static final class Shared {
    private long inode;
    private long stated;
    private long seen;
  }

  private final Volume volume;
  private final Check.Bounds bounds;
  private final Superblock superblock;
  private final Claims claims;
  private final Disputes disputes;
  private final Ledger ledger;
  private final Set<Long> unnamed;
  private final Map<Long, Shared> attributeBlocks = new TreeMap<>();
  private final Map<Long, Long> valueReferences = new TreeMap<>();

  /** {@code unnamed} are the inodes of the file system's own use that no name stands for. */
  InodeCheck(Volume volume, Claims claims, Ledger ledger, Check.Bounds bounds, Set<Long> unnamed) {
    this.volume = volume;
    this.bounds = bounds;
    this.superblock = volume.superblock();
    this.claims = claims;
    this.disputes = new Disputes(volume);
    this.ledger = ledger;
    this.unnamed = unnamed;
  }

  /** Reads the tables of all groups. */
  void run() throws IOException {
    for (long group = 0; group < bounds.groups(); group++) {
      long first = group * superblock.inodesPerGroup() + 1;
      long end = Math.min(first + initialised(group), bounds.lastInode() + 1);
      for (long number = first; number < end; number++) {
        read(number);
      }
    }
    disputes.tell();
  }

  /** How many inodes of a group its table holds for certain; the rest is not initialised. */
  private long initialised(long group) throws IOException {
    try {
      GroupDescriptor descriptor = volume.inodes().groups().descriptor(group);
      return volume.fastCommits().isEmpty()
          ? volume.everUsed(descriptor)
          : superblock.inodesPerGroup();
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return 0;
    }
  }

  private void read(long number) throws IOException {
    Inode inode;
    try {
      inode = volume.inodes().read(number);
    } catch (CorruptDataException e) {
      volume.log().add(e, volume.origin(number));
      return;
    }
    boolean isOrphan = inode.links() == 0 && volume.orphans().contains(number);
    if (number < superblock.firstInode() && number != Inodes.ROOT) {
      reserved(inode);
    } else if (inode.links() > 0 || isOrphan) {
      used(inode);
    } else if (inode.mode() != 0 && inode.deletionField() == 0 && !inode.isBlank()) {
      volume.damage(number, 0x14, "an inode without links that was not deleted");
    }
  }

  private void reserved(Inode inode) throws IOException {
    if (inode.number() != BAD_BLOCKS && inode.number() != RESIZE && inode.type() != NodeType.FILE) {
      return;
    }
    if (inode.number() == RESIZE) {
      // its blocks of numbers stand for those kept free behind the descriptors, claimed already
      long twice = inode.word(Inode.BLOCK_FIELD + 4 * 13) & 0xffff_ffffL;
      if (volume.blocks().contains(twice, 1)) {
        claims.claim(claims.cluster(twice));
      }
      return;
    }
    new MapCheck(volume, claims, disputes, inode).run();
  }

  private void used(Inode inode) throws IOException {
    long number = inode.number();
    ledger.use(number, inode.type(), inode.links());
    if (inode.type() == NodeType.UNKNOWN) {
      volume.damage(number, 0x0, "the inode is of no type that there is");
      return;
    }
    if (inode.links() > 0 && inode.deletionField() != 0 && !isTruncated(number)) {
      volume.damage(number, 0x14, "an inode in use has a deletion time");
    }
    Attributes attributes = new Attributes(volume, inode);
    long clusters = attributes(inode, attributes);
    if (inode.has(InodeFlag.ENCRYPTED)
        && attributes.stored().stream().noneMatch(AttributeEntry::isEncryptionContext)) {
      volume.damage(number, 0x20, "an encrypted inode without the attribute that says how");
    }
    if (isMapped(inode)) {
      MapCheck map = new MapCheck(volume, claims, disputes, inode);
      map.run();
      if (!map.isBroken()) {
        checkSize(inode, map);
        checkSectors(inode, clusters + map.clusters());
      }
    } else if (inode.has(InodeFlag.INLINE_DATA)) {
      Contents.of(volume, inode);
    } else if (inode.type() == NodeType.SYMLINK) {
      checkTarget(inode);
    }
  }

  private boolean isTruncated(long number) throws IOException {
    return volume.orphans().truncated().contains(number);
  }

  private boolean isMapped(Inode inode) {
    if (inode.has(InodeFlag.INLINE_DATA)) {
      return false;
    }
    return switch (inode.type()) {
      case FILE, DIRECTORY -> true;
      case SYMLINK -> inode.has(InodeFlag.EXTENTS) || inode.size() >= Inode.BLOCK_FIELD_BYTES;
      default -> false;
    };
  }

  private void checkTarget(Inode inode) {
    byte[] field = inode.blockField();
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    if (length != inode.size() && !inode.has(InodeFlag.ENCRYPTED)) {
      Origin origin = volume.origin(inode.number());
      String what = "the size of a symlink is not its target's length";
      String found = String.valueOf(inode.size());
      volume.log().add(Finding.damage(origin, 0x4, what, found, String.valueOf(length)));
    }
  }

  /** One written block at the end of what the size tells is as the kernel may leave it. */
  private void checkSize(Inode inode, MapCheck map) {
    int blockBytes = superblock.blockBytes();
    Origin origin = volume.origin(inode.number());
    if (inode.type() == NodeType.DIRECTORY) {
      if (inode.size() != map.end() * blockBytes) {
        String what = "the directory's size is not that of its blocks";
        told(origin, what, inode.size(), map.end() * blockBytes);
      }
    } else if (inode.type() == NodeType.FILE
        && !inode.has(InodeFlag.VERITY)
        && map.end() > 0
        && inode.size() < (map.end() - 1) * blockBytes) {
      String what = "the file has written blocks behind its size";
      told(origin, what, inode.size(), map.end() * blockBytes);
    }
  }

  private void told(Origin origin, String what, long found, long expected) {
    String there = Long.toString(found);
    volume.log().add(Finding.damage(origin, 0x4, what, there, Long.toString(expected)));
  }

  private void checkSectors(Inode inode, long clusters) {
    long sectors = clusters * (superblock.clusterBytes() / SECTOR);
    if (inode.sectors() != sectors) {
      volume
          .log()
          .add(
              Finding.damage(
                  volume.origin(inode.number()),
                  0x1c,
                  "the inode's count of 512-byte units is not that of its blocks",
                  Long.toString(inode.sectors()),
                  Long.toString(sectors)));
    }
  }

  /** Reads the extended attributes; answers how many clusters they take of this inode's. */
  private long attributes(Inode inode, Attributes attributes) throws IOException {
    attributes.check();
    long clusters = 0;
    for (AttributeEntry entry : attributes.stored()) {
      if (entry.valueInode() != 0) {
        // the kernel counts what an inode of a value takes with the one that has the attribute
        clusters += (entry.valueSize() + superblock.clusterBytes() - 1) / superblock.clusterBytes();
      }
    }
    attributes.inBody().forEach(this::refer);
    long block = inode.attributeBlock();
    if (block == 0) {
      return clusters;
    }
    if (volume.blocks().contains(block, 1)) {
      share(inode, block, attributes);
    }
    return clusters + 1;
  }

  private void refer(AttributeEntry entry) {
    if (entry.valueInode() != 0 && valueReferences.size() < MAX_SHARED) {
      valueReferences.merge(entry.valueInode(), 1L, Long::sum);
    }
  }

  private void share(Inode inode, long block, Attributes attributes) throws IOException {
    Shared shared = attributeBlocks.get(block);
    if (shared == null) {
      if (claims.isOwn(claims.cluster(block)) || !claims.claim(claims.cluster(block))) {
        disputes.add(inode.number(), block, volume.origin(inode.number()), 0x68);
      }
      shared = new Shared();
      shared.inode = inode.number();
      shared.stated = attributes.statedSharers();
      attributes.storedInBlock().forEach(this::refer);
      if (attributeBlocks.size() < MAX_SHARED) {
        attributeBlocks.put(block, shared);
      }
    }
    shared.seen++;
  }

  /** What is known only when all inodes were seen. */
  void finish() throws IOException {
    if (attributeBlocks.size() < MAX_SHARED) {
      attributeBlocks.forEach(this::checkSharers);
    }
    if (valueReferences.size() < MAX_SHARED) {
      for (Map.Entry<Long, Long> each : valueReferences.entrySet()) {
        checkReferences(each.getKey(), each.getValue());
      }
    }
  }

  private void checkSharers(long block, Shared shared) {
    if (shared.stated != shared.seen) {
      Origin origin = volume.origin(shared.inode).child("attribute block " + block);
      String what = "the block's count of inodes that share it is wrong";
      String stated = Long.toString(shared.stated);
      volume.log().add(Finding.damage(origin, 4, what, stated, Long.toString(shared.seen)));
    }
  }

  /**
   * An inode that holds a value counts who refers to it, each attribute block once; Lustre's older
   * ones have equal times there instead (kernel {@code fs/ext4/xattr.c}, {@code
   * ext4_xattr_inode_get_ref}).
   */
  private void checkReferences(long holder, long seen) throws IOException {
    if (!volume.inodes().isInode(holder)) {
      return; // told by whoever reads the value
    }
    Inode inode;
    try {
      inode = volume.inodes().read(holder);
    } catch (CorruptDataException e) {
      volume.log().add(e, volume.origin(holder));
      return;
    }
    long stated = (long) inode.word(0xc) << 32 | inode.word(0x24) & 0xffff_ffffL;
    if (inode.has(InodeFlag.ATTRIBUTE_VALUE)
        && stated != seen
        && inode.word(0xc) != inode.word(0x8)) {
      String what = "the inode's count of attributes whose value it holds is wrong";
      String found = Long.toUnsignedString(stated);
      volume
          .log()
          .add(Finding.damage(volume.origin(holder), 0x24, what, found, Long.toString(seen)));
    }
  }

  /** Whether nothing but the file system itself knows the inode. */
  boolean isUnnamed(long inode) {
    return inode < superblock.firstInode() && inode != Inodes.ROOT
        || unnamed.contains(inode)
        || valueReferences.containsKey(inode);
  }
}
