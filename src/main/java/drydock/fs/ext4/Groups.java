package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds group descriptors: in one table behind the superblock, or, with meta_bg, in one block at
 * the start of each meta group (kernel {@code fs/ext4/super.c}, {@code descriptor_loc}).
 *
 * <p>A descriptor that is damaged is read from the copies in other groups instead.
 */
final class Groups {
  private static final int KEPT = 1 << 16;
  private static final int COPIES_TRIED = 8;

  private final Volume volume;
  private final Superblock superblock;
  private final Lru<GroupDescriptor> known = new Lru<>(KEPT, descriptor -> 1);

  Groups(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
  }

  GroupDescriptor descriptor(long group) throws IOException {
    GroupDescriptor kept = known.get(group);
    if (kept == null) {
      kept = read(group);
      known.put(group, kept);
    }
    return kept;
  }

  /** How many descriptors the disk has room for, at most: a superblock may state billions. */
  long count() {
    long room = volume.blocks().source().size() / superblock.descriptorBytes();
    return Math.min(superblock.groups(), room);
  }

  /** A descriptor's bytes as they lie behind the superblock. */
  byte[] stored(long group) throws IOException {
    return raw(tableBlock(group), group);
  }

  private GroupDescriptor read(long group) throws IOException {
    Origin origin = volume.origin().child("ext4 group " + group);
    byte[] raw = null;
    String trouble;
    try {
      raw = raw(tableBlock(group), group);
      trouble = trouble(raw, group, origin);
    } catch (CorruptDataException e) {
      trouble = e.what();
    }
    if (raw != null && trouble.isEmpty()) {
      return GroupDescriptor.decode(raw, group, origin);
    }
    byte[] copy = soundCopy(group, origin);
    String used = copy != null ? "a copy is used" : "no copy is better";
    volume.log().add(Finding.damage(origin, 0, "group descriptor: " + trouble + "; " + used));
    if (copy != null) {
      return GroupDescriptor.decode(copy, group, origin).placesOnly();
    }
    GroupDescriptor damaged = raw == null ? null : GroupDescriptor.decode(raw, group, origin);
    if (damaged == null || !isPlausible(damaged)) {
      throw new CorruptDataException(origin, 0, "the group's descriptor is lost");
    }
    return damaged.placesOnly();
  }

  /** What is wrong with a descriptor; empty when nothing is. */
  private String trouble(byte[] raw, long group, Origin origin) throws CorruptDataException {
    if (!volume.checksums().descriptorFits(raw, group, superblock)) {
      return "checksum does not fit";
    }
    return isPlausible(GroupDescriptor.decode(raw, group, origin))
        ? ""
        : "inode table beyond the file system";
  }

  private boolean isPlausible(GroupDescriptor descriptor) {
    long tableBytes = superblock.inodesPerGroup() * superblock.inodeBytes();
    long tableBlocks = (tableBytes + superblock.blockBytes() - 1) / superblock.blockBytes();
    return volume.blocks().contains(descriptor.inodeTable(), tableBlocks);
  }

  private byte @Nullable [] soundCopy(long group, Origin origin) throws IOException {
    for (long at : superblock.copies(COPIES_TRIED).toArray()) {
      try {
        byte[] raw = raw(copyBlock(group, at), group);
        if (trouble(raw, group, origin).isEmpty()) {
          return raw;
        }
      } catch (CorruptDataException e) {
        continue; // this copy is gone as well; what is wrong is told of the primary one
      }
    }
    return null;
  }

  private byte[] raw(long tableBlock, long group) throws IOException {
    byte[] block = volume.blocks().metadata(tableBlock);
    int from = (int) (group % perBlock()) * superblock.descriptorBytes();
    return Arrays.copyOfRange(block, from, from + superblock.descriptorBytes());
  }

  private int perBlock() {
    return superblock.blockBytes() / superblock.descriptorBytes();
  }

  private long tableBlock(long group) {
    long number = group / perBlock();
    if (!isInMetaGroup(number)) {
      return Superblock.OFFSET / superblock.blockBytes() + 1 + number;
    }
    long first = number * perBlock();
    int before = superblock.hasCopy(first) ? 1 : 0;
    if (superblock.blockBytes() == 1024 && number == 0 && superblock.firstDataBlock() == 0) {
      before++;
    }
    return superblock.firstBlock(first) + before;
  }

  /**
   * Where group {@code holder} keeps its copy of a table block; in a meta group the second group
   * does.
   */
  private long copyBlock(long group, long holder) {
    long number = group / perBlock();
    if (!isInMetaGroup(number)) {
      return superblock.firstBlock(holder) + 1 + number;
    }
    long second = number * perBlock() + 1;
    return superblock.firstBlock(second) + (superblock.hasCopy(second) ? 1 : 0);
  }

  private boolean isInMetaGroup(long tableNumber) {
    return superblock.features().has(Feature.META_BG) && tableNumber >= superblock.firstMetaGroup();
  }
}
