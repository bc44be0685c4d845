package drydock.fs.ext4;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a superblock that say how the file system is laid out, and where they lie in it.
 * All copies agree in them, whoever wrote them last (kernel {@code fs/ext4/ext4.h}, {@code struct
 * ext4_super_block}).
 */
final class SuperblockFields {
  private record Field(String name, int offset, Value value) {}

  @FunctionalInterface
  private interface Value {
    long of(Superblock superblock);
  }

  /** What a mounted kernel sets in the first superblock alone. */
  private static final int SET_BY_USE = Feature.NEEDS_RECOVERY.mask();

  private static final List<Field> LAYOUT =
      List.of(
          new Field("number of inodes", 0x0, Superblock::inodes),
          new Field("number of blocks", 0x4, Superblock::blocks),
          new Field("first data block", 0x14, Superblock::firstDataBlock),
          new Field("block size", 0x18, Superblock::blockBytes),
          new Field("cluster size", 0x1c, Superblock::clusterBytes),
          new Field("blocks per group", 0x20, Superblock::blocksPerGroup),
          new Field("inodes per group", 0x28, Superblock::inodesPerGroup),
          new Field("revision", 0x4c, Superblock::revision),
          new Field("first inode", 0x54, Superblock::firstInode),
          new Field("inode size", 0x58, Superblock::inodeBytes),
          new Field("incompatible features", 0x60, s -> s.features().incompatible() & ~SET_BY_USE),
          new Field("group descriptor size", 0xfe, Superblock::descriptorBytes),
          new Field("first meta group", 0x104, Superblock::firstMetaGroup),
          new Field("seed of checksums", 0x270, Superblock::checksumSeed));

  private SuperblockFields() {}

  /** A finding for each field in which a superblock differs from its copy. */
  static List<Finding> differences(Superblock first, Superblock copy, Origin origin) {
    List<Finding> differences = new ArrayList<>();
    for (Field field : LAYOUT) {
      long found = field.value.of(first);
      long expected = field.value.of(copy);
      if (found != expected) {
        String what =
            "the superblock's "
                + field.name
                + " is not that of the copy in group "
                + copy.groupNumber();
        differences.add(
            Finding.damage(
                origin, field.offset, what, Long.toString(found), Long.toString(expected)));
      }
    }
    return differences;
  }
}
