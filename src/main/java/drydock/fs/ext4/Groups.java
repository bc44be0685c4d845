package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds group descriptors: in one table behind the superblock, or, with meta_bg, in one block at
 * the start of each meta group (kernel {@code fs/ext4/super.c}, {@code descriptor_loc}).
 *
 * <p>A descriptor that is damaged is read from the copies in other groups instead; where there is
 * none, {@link LostGroups} looks for what it should point to.
 */
final class Groups {
  private static final int KEPT = 1 << 16;
  private static final int COPIES_TRIED = 8;

  /** Three block numbers at the start, and their upper halves at the start of the wide half. */
  private static final int PLACES = 12;

  private static final int WIDE_PLACES = 0x20;

  private final Volume volume;
  private final Superblock superblock;
  private final LostGroups lost;
  private final long[] copies;
  private final Lru<GroupDescriptor> known = new Lru<>(KEPT, descriptor -> 1);

  /**
   * {@code shared} is what another volume of the same file system found of lost groups; null for
   * nothing.
   */
  Groups(Volume volume, @Nullable LostGroups shared) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.lost = shared == null ? new LostGroups(volume) : shared;
    this.copies = superblock.copies(COPIES_TRIED).toArray();
  }

  /** What was found of groups whose descriptors are lost. */
  LostGroups lost() {
    return lost;
  }

  GroupDescriptor descriptor(long group) throws IOException {
    GroupDescriptor kept = known.get(group);
    if (kept == null) {
      kept = read(group);
      known.put(group, kept);
    }
    return kept;
  }

  /**
   * How many groups can have anything on the disk: a superblock may state billions. In a disk that
   * was cut off that are also the rest of a flexible group, for its tables lie at its start.
   */
  long count() {
    long size = volume.blocks().source().size();
    long flex = superblock.flexibleGroups();
    long begun = size / (superblock.blocksPerGroup() * superblock.blockBytes()) + 1;
    long whole = (begun + flex - 1) / flex * flex;
    return Math.min(superblock.groups(), Math.min(whole, size / superblock.descriptorBytes()));
  }

  /** A descriptor's bytes as they lie behind the superblock. */
  byte[] stored(long group) throws IOException {
    return raw(tableBlock(group), group);
  }

  private GroupDescriptor read(long group) throws IOException {
    Origin origin = volume.groupOrigin(group);
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
    if (copy != null) {
      tell(origin, trouble, "a copy is used");
      return GroupDescriptor.decode(copy, group, origin).placesOnly();
    }
    return rebuilt(group, raw, trouble, origin);
  }

  /** No descriptor of the group is sound: the damaged one, or what the format says where it is. */
  private GroupDescriptor rebuilt(long group, byte @Nullable [] raw, String trouble, Origin origin)
      throws IOException {
    GroupDescriptor damaged = raw == null ? null : GroupDescriptor.decode(raw, group, origin);
    GroupDescriptor stated = damaged != null && isPlausible(damaged) ? damaged : null;
    LostGroups.Found found = lost.known(group).orElse(null);
    if (found == null && lost.isLookedFor(group)) {
      found = lost.find(group, stated, neighbours(group)).orElse(null);
    }
    if (found != null) {
      tell(origin, trouble, "no copy is better; " + found.how());
      return found.places();
    }
    tell(origin, trouble, "no copy is better");
    if (stated == null) {
      throw new CorruptDataException(origin, 0, "the group's descriptor is lost");
    }
    return stated.placesOnly();
  }

  private void tell(Origin origin, String trouble, String used) {
    volume.log().add(Finding.damage(origin, 0, "group descriptor: " + trouble + "; " + used));
  }

  /** The groups before and after one, where their descriptors are sound as they lie. */
  private List<GroupDescriptor> neighbours(long group) throws IOException {
    List<GroupDescriptor> sound = new ArrayList<>();
    for (long each : new long[] {group - 1, group + 1}) {
      boolean isGroup = each >= 0 && each < superblock.groups();
      byte[] raw = isGroup ? rawIfThere(tableBlock(each), each) : null;
      Origin origin = volume.groupOrigin(each);
      if (raw != null && trouble(raw, each, origin).isEmpty()) {
        sound.add(GroupDescriptor.decode(raw, each, origin));
      }
    }
    return sound;
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
    return volume.blocks().contains(descriptor.inodeTable(), superblock.tableBlocks());
  }

  private byte @Nullable [] soundCopy(long group, Origin origin) throws IOException {
    for (long at : copies) {
      byte[] raw = rawIfThere(copyBlock(group, at), group);
      if (raw != null && trouble(raw, group, origin).isEmpty()) {
        return raw;
      }
    }
    return null; // what is wrong is told of the primary one
  }

  /**
   * Tells of copies of descriptors that name other places than the first ones, once for each group
   * that keeps copies. Their counts and flags are nobody's business: see {@link GroupDescriptor}.
   */
  void compareCopies(long upTo) throws IOException {
    for (long holder : copies) {
      long different = 0;
      long firstDifferent = -1;
      for (long group = 0; group < Math.min(upTo, superblock.groups()); group++) {
        if (differs(group, holder)) {
          firstDifferent = different++ == 0 ? group : firstDifferent;
        }
      }
      if (different > 0) {
        Origin origin = volume.origin().child("group descriptors of group " + holder);
        long offset = firstDifferent * superblock.descriptorBytes();
        String what = "the copy's places are not those of the first one, as of group ";
        String found = String.valueOf(different);
        volume.log().add(Finding.damage(origin, offset, what + firstDifferent, found, "0"));
      }
    }
  }

  private boolean differs(long group, long holder) throws IOException {
    boolean isMeta = isInMetaGroup(group / perBlock());
    if (isMeta && copyBlock(group, holder) >= superblock.blocks()) {
      return false; // a last meta group of one group has no copy
    }
    try {
      byte[] first = raw(tableBlock(group), group);
      byte[] copy = raw(copyBlock(group, holder), group);
      boolean isWide = first.length >= WIDE_PLACES + PLACES;
      return !samePlaces(first, copy, 0) || isWide && !samePlaces(first, copy, WIDE_PLACES);
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return false;
    }
  }

  private static boolean samePlaces(byte[] a, byte[] b, int from) {
    return Arrays.equals(a, from, from + PLACES, b, from, from + PLACES);
  }

  /** Null when it cannot be read; asked first, for an exception for each of millions costs. */
  private byte @Nullable [] rawIfThere(long tableBlock, long group) throws IOException {
    try {
      return volume.blocks().isThere(tableBlock) ? raw(tableBlock, group) : null;
    } catch (CorruptDataException e) {
      return null;
    }
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
