package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Optional;

/** Finds the superblock; when the first is beyond use, a copy at the start of another group. */
final class Superblocks {
  private static final int CHECKSUM_KIND_AT = 0x175;
  private static final int CHECKSUM_AT = 0x3fc;

  /** Where the second group starts by default: 1, 2 and 4 KiB blocks, and its third one. */
  private static final long[] COPIES = {
    8193L * 1024, 16384L * 2048, 32768L * 4096, 24577L * 1024, 49152L * 2048, 98304L * 4096
  };

  private Superblocks() {}

  /** The superblock that {@code fileSystem} is to be read by; damage that it survives is told. */
  static Superblock read(ByteSource fileSystem, FindingLog log) throws IOException {
    try {
      Superblock first = at(fileSystem, Superblock.OFFSET);
      verify(fileSystem, first, log);
      return first;
    } catch (CorruptDataException e) {
      Optional<Superblock> copy = copy(fileSystem);
      if (copy.isEmpty()) {
        throw e;
      }
      log.add(Finding.of(e));
      long group = copy.get().groupNumber();
      String what = "the superblock is beyond use; the copy in group " + group + " is used";
      log.add(Finding.damage(fileSystem.origin(), Superblock.OFFSET, what));
      return copy.get();
    }
  }

  private static Optional<Superblock> copy(ByteSource fileSystem) throws IOException {
    for (long offset : COPIES) {
      if (offset > fileSystem.size() - Superblock.BYTES) {
        continue;
      }
      try {
        Superblock copy = at(fileSystem, offset);
        if (copy.firstBlock(copy.groupNumber()) * copy.blockBytes() == offset
            && sumFits(fileSystem, offset, copy)) {
          return Optional.of(copy);
        }
      } catch (CorruptDataException e) {
        continue; // no copy here; that the first one is bad is told already
      }
    }
    return Optional.empty();
  }

  static Superblock at(ByteSource fileSystem, long offset) throws IOException {
    Origin origin = fileSystem.origin();
    if (offset > fileSystem.size() - Superblock.BYTES) {
      throw new CorruptDataException(origin, offset, "too short for an ext4 superblock");
    }
    return Superblock.decode(
        fileSystem.bytes(offset, Superblock.BYTES), origin.child("superblock"));
  }

  private static boolean sumFits(ByteSource fileSystem, long offset, Superblock superblock)
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
