package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.FileTreeFormat;
import drydock.fs.OpenOptions;
import java.io.IOException;

/** Recognises ext2, ext3 and ext4 by the superblock and opens them. */
public final class Ext4Format implements FileTreeFormat {
  @Override
  public String name() {
    return "ext4";
  }

  @Override
  public boolean recognises(ByteSource partition) throws IOException {
    if (partition.size() < Superblock.OFFSET + Superblock.BYTES) {
      return false;
    }
    try {
      Superblocks.at(partition, Superblock.OFFSET);
      return true;
    } catch (CorruptDataException e) {
      return false;
    }
  }

  @Override
  public FileTree open(ByteSource partition, OpenOptions options, FindingLog log)
      throws IOException {
    return openTree(partition, options, log);
  }

  /** The same as {@link #open}, with the records that only this file system has. */
  public static Ext4Tree openTree(ByteSource partition, OpenOptions options, FindingLog log)
      throws IOException {
    Superblock superblock = Superblocks.read(partition, log);
    refuseUnreadable(partition, superblock);
    if (partition.size() < superblock.size()) {
      log.add(
          Finding.damage(
              partition.origin(),
              partition.size(),
              "the file system is cut off",
              partition.size() + " bytes",
              superblock.size() + " bytes"));
    }
    return Recovery.open(new Volume(partition, superblock, log), options);
  }

  private static void refuseUnreadable(ByteSource partition, Superblock superblock)
      throws UnsupportedFormatException {
    Features features = superblock.features();
    if (features.has(Feature.JOURNAL_DEV)) {
      throw new UnsupportedFormatException(
          partition.origin(),
          "this is the external journal of an ext4 file system, not one itself");
    }
    if (!features.unknownIncompatible().isEmpty()) {
      throw new UnsupportedFormatException(
          partition.origin(),
          "the file system has features that cannot be read: "
              + String.join(" ", features.unknownIncompatible()));
    }
  }
}
