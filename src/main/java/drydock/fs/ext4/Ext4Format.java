package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.FileTree;
import drydock.fs.FileTreeFormat;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    if (JournalDevice.of(partition).isPresent()) {
      return true; // open() says what it is
    }
    try {
      Superblocks.at(partition, Superblock.OFFSET);
      return true;
    } catch (CorruptDataException e) {
      return false;
    }
  }

  @Override
  public boolean recognisesRemains(ByteSource partition) throws IOException {
    return new SuperblockSearch(partition).find().isPresent();
  }

  @Override
  public boolean holdsFiles(ByteSource partition) throws IOException {
    return JournalDevice.of(partition).isEmpty();
  }

  @Override
  public FileTree open(ByteSource partition, OpenOptions options, FindingLog log)
      throws IOException {
    return openTree(partition, options, log);
  }

  /** The same as {@link #open}, with the records that only this file system has. */
  public static Ext4Tree openTree(ByteSource partition, OpenOptions options, FindingLog log)
      throws IOException {
    refuseJournal(partition);
    Superblock superblock = Superblocks.read(partition, log);
    tellUnknown(partition, superblock, log);
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

  private static void refuseJournal(ByteSource partition) throws IOException {
    Optional<JournalDevice> journal = JournalDevice.of(partition);
    if (journal.isPresent()) {
      throw new UnsupportedFormatException(
          partition.origin(),
          "holds the journal of an ext4 file system on another device, not one itself; its UUID: "
              + Superblock.uuidText(journal.get().uuid()));
    }
  }

  /**
   * A kernel does not mount what has a feature that it does not know, for it might misread it. Here
   * nothing can be spoiled, and much may be what it looks like: it is read, and said.
   */
  private static void tellUnknown(ByteSource partition, Superblock superblock, FindingLog log) {
    List<String> unknown = new ArrayList<>(superblock.features().unknownIncompatible());
    if (superblock.features().has(Feature.JOURNAL_DEV)) {
      unknown.add(Feature.JOURNAL_DEV.label()); // a bit that lies: there is no journal
    }
    if (!unknown.isEmpty()) {
      log.add(
          new Finding(
              Severity.MISSING,
              "the file system has features that cannot be read: what they change is not shown,"
                  + " or not as it is",
              partition.origin().child("superblock"),
              (long) Superblock.INCOMPATIBLE_AT,
              String.join(" ", unknown),
              null));
    }
  }
}
