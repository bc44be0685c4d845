package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.finding.Finding;
import drydock.fs.Devices;
import drydock.fs.NodeType;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.journal.FastCommits;
import drydock.fs.ext4.journal.JournalPlaces;
import drydock.fs.ext4.journal.JournalReplay;
import drydock.fs.ext4.journal.ReplayFacts;
import drydock.fs.ext4.journal.Replayed;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes between a superblock and the tree: the journal of a file system that was in use. Its
 * committed blocks are laid over the disk's, and the superblock is read again from there.
 */
final class Recovery {
  private static final int BACKUP_BYTES = 68;
  private static final int REGULAR_FILE = 0x8180;

  private final Volume volume;
  private final Superblock superblock;

  private final Devices devices;

  /** A journal, and which of the file system's blocks it takes. */
  private record Located(ByteSource source, JournalPlaces places) {
    static Located of(JournalContent content) {
      return new Located(content, content);
    }
  }

  private Recovery(Volume volume, Devices devices) {
    this.volume = volume;
    this.devices = devices;
    this.superblock = volume.superblock();
  }

  static Ext4Tree open(Volume volume, OpenOptions options) throws IOException {
    Superblock superblock = volume.superblock();
    boolean unsaid = isCopy(superblock) && volume.has(Feature.HAS_JOURNAL);
    if (!volume.has(Feature.NEEDS_RECOVERY) && !unsaid) {
      return new Ext4Tree(volume, Description.of(volume, null));
    }
    if (!options.applyJournal()) {
      String what =
          unsaid
              ? "what the journal may hold is not shown"
              : "the journal holds changes that are not shown";
      volume.log().add(Finding.note(volume.origin(), what));
      return new Ext4Tree(volume, Description.of(volume, Description.NOT_APPLIED));
    }
    return new Recovery(volume, options.devices()).recovered();
  }

  /**
   * Only the first superblock is in group 0. Its copies never say that the journal is to be
   * recovered: then the journal itself is asked, whose log is empty when it is not.
   */
  private static boolean isCopy(Superblock superblock) {
    return superblock.groupNumber() > 0;
  }

  private Ext4Tree recovered() throws IOException {
    Located journal = journal();
    if (journal == null) {
      return new Ext4Tree(volume, Description.of(volume, Description.NOT_APPLIED));
    }
    ReplayFacts facts =
        new ReplayFacts(
            superblock.blockBytes(),
            superblock.blocks(),
            superblock.inodeBytes(),
            journal.places());
    Replayed replayed =
        JournalReplay.apply(volume.blocks().source(), journal.source(), facts, volume.log());
    Superblock after = after(replayed.fileSystem());
    Volume logged = new Volume(replayed.fileSystem(), after, volume.log());
    return new Ext4Tree(
        withFastCommits(logged, replayed, facts),
        Description.of(logged, "journal " + replayed.summary()));
  }

  private static Volume withFastCommits(Volume logged, Replayed replayed, ReplayFacts facts) {
    if (replayed.fastCommits().isEmpty()) {
      return logged;
    }
    FastCommits commits =
        FastCommits.replay(replayed.fastCommits(), new LoggedFiles(logged), facts, logged.log());
    return new Volume(logged.blocks().source(), logged.superblock(), commits, logged.log());
  }

  /** The superblock is a block like others: a transaction may hold a newer one. */
  private Superblock after(ByteSource recovered) throws IOException {
    try {
      Superblock after = Superblocks.at(recovered, Superblock.OFFSET);
      boolean sameLayout =
          after.blockBytes() == superblock.blockBytes()
              && after.inodeBytes() == superblock.inodeBytes();
      if (isCopy(superblock)) {
        sameLayout = SuperblockFields.differences(after, superblock, volume.origin()).isEmpty();
      }
      if (sameLayout) {
        return after;
      }
    } catch (CorruptDataException e) {
      if (isCopy(superblock)) {
        return superblock; // that the first one is beyond use is told already
      }
      volume.log().add(Finding.of(e));
    }
    String what = "the superblock in the journal is beyond use; the one on the disk is kept";
    volume.log().add(Finding.damage(volume.origin(), Superblock.OFFSET, what));
    return superblock;
  }

  private @Nullable Located journal() throws IOException {
    if (superblock.journalInode() == 0) {
      return fromAnotherDevice();
    }
    try {
      Inode inode = volume.inodes().read(superblock.journalInode());
      if (inode.type() == NodeType.FILE && inode.links() > 0) {
        return Located.of(JournalContent.of(volume, inode));
      }
      throw volume.corrupt(inode.number(), 0, "the journal's inode is no file");
    } catch (CorruptDataException | NoSuchFileException e) {
      volume.log().add(e, volume.origin());
      return fromBackup();
    }
  }

  private @Nullable Located fromAnotherDevice() throws IOException {
    byte[] uuid = superblock.journalUuid();
    for (ByteSource each : devices.all()) {
      try {
        Optional<JournalDevice> device = JournalDevice.of(each);
        if (device.isPresent() && Arrays.equals(device.get().uuid(), uuid)) {
          return new Located(device.get().journal(), JournalPlaces.WHOLE);
        }
      } catch (CorruptDataException e) {
        volume.log().add(Finding.of(e)); // it might have been the one
      }
    }
    String what =
        "the journal lies on another device, which was not given (--disk), UUID "
            + Superblock.uuidText(uuid)
            + "; its changes are not shown";
    volume.log().add(Finding.missing(volume.origin(), what));
    return null;
  }

  /** The superblock keeps a copy of where the journal lies: i_block and the size's two halves. */
  private @Nullable Located fromBackup() throws IOException {
    byte[] backup = superblock.journalBackup();
    if (backup.length != BACKUP_BYTES || LittleEndian.i32(backup, 64) == 0) {
      String what = "the journal cannot be found; its changes are not shown";
      volume.log().add(Finding.missing(volume.origin(), what));
      return null;
    }
    byte[] raw = new byte[superblock.inodeBytes()];
    Checksums.putInt(raw, 0, REGULAR_FILE);
    System.arraycopy(backup, 64, raw, 0x4, 4);
    System.arraycopy(backup, 60, raw, 0x6c, 4);
    System.arraycopy(backup, 0, raw, Inode.BLOCK_FIELD, Inode.BLOCK_FIELD_BYTES);
    boolean hasExtents = LittleEndian.u16(backup, 0) == ExtentNode.MAGIC;
    Checksums.putInt(raw, 0x20, hasExtents ? InodeFlag.EXTENTS.mask() : 0);
    try {
      Inode inode = new Inode(superblock.journalInode(), raw, superblock);
      return Located.of(JournalContent.of(volume, inode));
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return null;
    }
  }
}
