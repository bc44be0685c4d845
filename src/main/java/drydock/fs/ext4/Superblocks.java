package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds the superblock; when the first is beyond use, a copy at the start of another group. */
final class Superblocks {
  private static final int CHECKSUM_KIND_AT = 0x175;
  private static final int CHECKSUM_AT = 0x3fc;

  private Superblocks() {}

  /** The superblock that {@code fileSystem} is to be read by; damage that it survives is told. */
  static Superblock read(ByteSource fileSystem, FindingLog log) throws IOException {
    Superblock first;
    try {
      first = at(fileSystem, Superblock.OFFSET);
    } catch (CorruptDataException e) {
      Superblock copy = new SuperblockSearch(fileSystem).find().orElseThrow(() -> e);
      log.add(Finding.of(e));
      tellOfCopy(fileSystem, copy, log);
      return copy;
    }
    verify(fileSystem, first, log);
    return isDoubtful(fileSystem, first) ? better(fileSystem, first, log) : first;
  }

  private static void tellOfCopy(ByteSource fileSystem, Superblock copy, FindingLog log) {
    String what =
        "the superblock is beyond use; the copy in group " + copy.groupNumber() + " is used";
    log.add(Finding.damage(fileSystem.origin(), Superblock.OFFSET, what));
    String lacks =
        "a copy of the superblock is as old as the file system or its last check or resizing:"
            + " counts, times, state and the list of orphans are not those of the lost one";
    log.add(Finding.note(fileSystem.origin().child("superblock"), lacks));
  }

  private static boolean isDoubtful(ByteSource fileSystem, Superblock first) throws IOException {
    return !sumFits(fileSystem, Superblock.OFFSET, first)
        || first.inodes() != first.groups() * first.inodesPerGroup();
  }

  /**
   * A superblock that contradicts itself and a copy that does not: where they differ in the layout
   * the copy is right, else the first one, which is newer.
   */
  private static Superblock better(ByteSource fileSystem, Superblock first, FindingLog log)
      throws IOException {
    Optional<Superblock> copy = new SuperblockSearch(fileSystem).find();
    if (copy.isEmpty() || copy.get().size() > fileSystem.size()) {
      return first;
    }
    List<Finding> differences =
        SuperblockFields.differences(first, copy.get(), fileSystem.origin().child("superblock"));
    differences.forEach(log::add);
    if (differences.isEmpty()) {
      return first;
    }
    tellOfCopy(fileSystem, copy.get(), log);
    return copy.get();
  }

  static Superblock at(ByteSource fileSystem, long offset) throws IOException {
    Origin origin = fileSystem.origin();
    if (offset > fileSystem.size() - Superblock.BYTES) {
      throw new CorruptDataException(origin, offset, "too short for an ext4 superblock");
    }
    return Superblock.decode(
        fileSystem.bytes(offset, Superblock.BYTES), origin.child("superblock"));
  }

  /** Whether its checksum fits, if it has one of the kind that there is. */
  static boolean sumFits(ByteSource fileSystem, long offset, Superblock superblock)
      throws IOException {
    if (!superblock.features().has(Feature.METADATA_CSUM) || superblock.checksumType() != 1) {
      return true;
    }
    byte[] raw = fileSystem.bytes(offset, CHECKSUM_AT);
    return Checksums.crc32c(-1, raw) == superblock.checksum();
  }

  private static void verify(ByteSource fileSystem, Superblock superblock, FindingLog log)
      throws IOException {
    Origin origin = fileSystem.origin().child("superblock");
    if (!sumFits(fileSystem, Superblock.OFFSET, superblock)) {
      log.add(Finding.damage(origin, CHECKSUM_AT, "the superblock's checksum does not fit"));
    }
    boolean summed = superblock.features().has(Feature.METADATA_CSUM);
    if (summed && superblock.checksumType() != 1) {
      // no kernel mounts it: with only one kind there is, this byte is damaged
      String what = "metadata checksums of an unknown kind are not verified: ";
      log.add(Finding.damage(origin, CHECKSUM_KIND_AT, what + superblock.checksumType()));
    }
    long expected = superblock.groups() * superblock.inodesPerGroup();
    if (superblock.inodes() != expected) {
      log.add(
          Finding.damage(
              origin,
              0,
              "the number of inodes does not fit the groups",
              Long.toString(superblock.inodes()),
              Long.toString(expected)));
    }
    if (superblock.errors().count() > 0) {
      String what =
          "the kernel recorded errors in this file system: " + superblock.errors().count();
      log.add(Finding.note(origin, what + ", the last in " + superblock.errors().lastFunction()));
    }
  }
}
