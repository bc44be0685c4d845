package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.fs.NodeType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds inodes in the inode tables of their groups, and checks them. */
final class Inodes {
  static final long ROOT = 2;
  static final String TOO_LARGE = "the inode's size is larger than any file can be";

  private final Volume volume;
  private final Superblock superblock;
  private final Groups groups;
  private final int blockShift;
  private volatile @Nullable Table last;

  /**
   * The inode table of a group.
   *
   * @param first the number of its first inode
   * @param block where it begins
   * @param everUsed how many of its inodes may ever have been used
   */
  private record Table(long first, long block, long everUsed) {}

  Inodes(Volume volume, Groups groups) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.groups = groups;
    this.blockShift = Integer.numberOfTrailingZeros(superblock.blockBytes());
  }

  Groups groups() {
    return groups;
  }

  boolean isInode(long number) {
    return number >= 1 && number <= superblock.lastInode();
  }

  /**
   * The inode of a number, used or not.
   *
   * @throws NoSuchFileException when there is no such number
   * @throws CorruptDataException when its place in the inode table is lost
   */
  Inode read(long number) throws IOException {
    Optional<byte[]> changed = volume.fastCommits().inode(number);
    if (changed.isPresent()) {
      Inode inode = new Inode(number, changed.get(), superblock);
      checkSize(inode);
      return inode;
    }
    return read(number, slot(number));
  }

  /** An inode whose {@link #slot} was read, by nobody else. */
  private Inode read(long number, byte[] slot) throws CorruptDataException {
    Inode inode = new Inode(number, slot, superblock);
    verify(inode);
    return inode;
  }

  /**
   * The bytes of an inode as they lie in its table, not checked.
   *
   * @throws NoSuchFileException when there is no such number
   */
  byte[] slot(long number) throws IOException {
    if (!isInode(number)) {
      throw new NoSuchFileException(
          volume.origin() + ": inode " + number + " (there are " + superblock.lastInode() + ")");
    }
    byte[] raw = new byte[superblock.inodeBytes()];
    volume.blocks().table(tableBlock(number), inBlock(number), raw);
    return raw;
  }

  /** Most inodes are in the group of the one before: then nothing is divided. */
  private Table table(long number) throws IOException {
    Table known = last;
    if (known == null
        || number < known.first
        || number - known.first >= superblock.inodesPerGroup()) {
      long group = (number - 1) / superblock.inodesPerGroup();
      GroupDescriptor descriptor = groups.descriptor(group);
      long first = group * superblock.inodesPerGroup() + 1;
      known = new Table(first, descriptor.inodeTable(), volume.everUsed(descriptor));
      last = known;
    }
    return known;
  }

  /** Where in its block an inode lies. */
  int inBlock(long number) throws IOException {
    long place = (number - table(number).first) * superblock.inodeBytes();
    return (int) place & superblock.blockBytes() - 1;
  }

  /** The block of the inode table that holds an inode. */
  long tableBlock(long number) throws IOException {
    Table table = table(number);
    return table.block + ((number - table.first) * superblock.inodeBytes() >> blockShift);
  }

  private void verify(Inode inode) throws CorruptDataException {
    if (volume.checksums().verified()
        && !volume.checksums().inodeFits(inode.shared(), inode.number(), inode.extraBytes())
        && !inode.isBlank()) {
      volume.damage(inode.number(), 0x7c, "the inode's checksum does not fit");
    }
    if (!inode.hasSoundExtraBytes()) {
      volume
          .log()
          .add(
              Finding.damage(
                  volume.origin(inode.number()),
                  0x80,
                  "the size of the inode's extra fields cannot be",
                  String.valueOf(inode.statedExtraBytes()),
                  "at most " + (superblock.inodeBytes() - Inode.CLASSIC_BYTES)));
    }
    checkSize(inode);
  }

  /** Refuses an inode whose content cannot be. */
  void checkSize(Inode inode) throws CorruptDataException {
    if (inode.size() < 0) {
      throw volume.corrupt(inode.number(), 0x4, TOO_LARGE);
    }
  }

  /**
   * An inode that a name in a directory stands for: what is deleted or free is told, and what is of
   * another type than the name says.
   */
  Inode named(Dirent name, long directory) throws IOException {
    if (!isInode(name.inode())) {
      throw volume.corrupt(
          directory, 0, "a name stands for inode " + name.inode() + ", which does not exist");
    }
    return named(read(name.inode()), name.type(), directory);
  }

  /** The same, of an inode whose {@link #slot} was read, by nobody else. */
  Inode named(long number, byte[] slot, @Nullable NodeType type, long directory)
      throws IOException {
    table(number); // tells of its group before anything of it
    boolean isChanged = volume.fastCommits().inode(number).isPresent();
    return named(isChanged ? read(number) : read(number, slot), type, directory);
  }

  /** {@code type} is what a name calls it; null when it does not say. */
  private Inode named(Inode inode, @Nullable NodeType type, long directory) throws IOException {
    long number = inode.number();
    if (inode.links() == 0 || inode.mode() == 0) {
      volume.damage(
          number,
          0x1a,
          "a name in directory inode " + directory + " stands for this deleted inode");
    } else if (isNeverUsed(number)) {
      volume.damage(
          number,
          0,
          "a name in directory inode "
              + directory
              + " stands for an inode that its group calls never used");
    } else if (type != null && type != inode.type()) {
      volume.damage(
          number,
          0,
          "a name in directory inode " + directory + " calls this inode another type than it is");
    }
    return inode;
  }

  private boolean isNeverUsed(long number) throws IOException {
    Table table = table(number);
    return number - table.first >= table.everUsed && volume.fastCommits().inode(number).isEmpty();
  }
}
