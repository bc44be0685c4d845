package drydock.fs.ext4;

import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Superblock, group descriptors, bitmaps, the fields of inodes, the journal's inode. */
record RecordDamages(Damages damages) {
  void add() {
    superblock();
    groups();
    bitmaps();
    inodes();
    more();
  }

  private void word(String name, int at, int value) {
    damages.add(
        "superblock",
        name,
        s -> {
          s.put(1024 + at, value);
          s.sumSuperblock();
          return true;
        });
  }

  private void superblock() {
    word("superblock without inodes", 0x0, 0);
    word("superblock with more inodes", 0x0, 1 << 20);
    word("superblock with no blocks", 0x4, 0);
    word("superblock of a huge block size", 0x18, 99);
    word("superblock with no blocks in a group", 0x20, 0);
    word("superblock with no inodes in a group", 0x28, 0);
    word("superblock with few inodes in a group", 0x28, 64);
    word("superblock with a first data block far away", 0x14, 77);
    word("superblock with an orphan that cannot be", 0xe8, 1 << 30);
    damages.add("superblock", "superblock of zeros", s -> zero(s, 1024, 1024));
    damages.add(
        "superblock",
        "superblock with an inode size of 100",
        s -> {
          s.put16(1024 + 0x58, 100);
          s.sumSuperblock();
          return s.superblock.revision() > 0;
        });
    damages.add(
        "superblock",
        "superblock whose checksum does not fit",
        s -> {
          s.raw[1024 + 0x3fc] ^= 1;
          return s.isSummed();
        });
  }

  private static boolean zero(Surgery s, int at, int count) {
    Arrays.fill(s.raw, at, at + count, (byte) 0);
    return true;
  }

  private void place(String name, int at, int value) {
    damages.add(
        "descriptor",
        name,
        s -> {
          s.put(s.groupAt(0) + at, value);
          s.sumGroup(0);
          return true;
        });
  }

  private void groups() {
    place("group whose block bitmap is nowhere", 0x0, 0);
    place("group whose block bitmap is far away", 0x0, 1 << 28);
    place("group whose inode bitmap is far away", 0x4, 1 << 28);
    place("group whose inode table is nowhere", 0x8, 0);
    place("group whose inode table is far away", 0x8, 1 << 28);
    damages.add("descriptor", "descriptors of zeros", s -> zero(s, s.groupAt(0), 64));
    damages.add(
        "descriptor",
        "group whose inode table is one block off",
        s -> {
          s.put(s.groupAt(0) + 8, (int) s.sound.group(0).inodeTable() + 1);
          s.sumGroup(0);
          return true;
        });
    damages.add(
        "descriptor",
        "group whose bitmaps are the same",
        s -> {
          s.put(s.groupAt(0) + 4, (int) s.sound.group(0).blockBitmap());
          s.sumGroup(0);
          return true;
        });
    damages.add(
        "descriptor",
        "group whose checksum does not fit",
        s -> {
          s.raw[s.groupAt(0) + 0x1e] ^= 1;
          return s.isSummed() || s.superblock.features().has(Feature.UNINIT_BG);
        });
    damages.add(
        "descriptor",
        "group that calls its inodes never used",
        s -> {
          s.raw[s.groupAt(0) + 0x12] |= 1;
          s.sumGroup(0);
          return s.isSummed() || s.superblock.features().has(Feature.UNINIT_BG);
        });
    damages.add(
        "descriptor",
        "group that calls most inodes never used",
        s -> {
          s.put16(s.groupAt(0) + 0x1c, (int) s.superblock.inodesPerGroup() - 12);
          s.sumGroup(0);
          return s.isSummed() || s.superblock.features().has(Feature.UNINIT_BG);
        });
  }

  private void bit(String name, boolean ofBlocks, boolean used, boolean summed) {
    damages.add("bitmap", name, s -> flip(s, ofBlocks, used, summed));
  }

  private static boolean flip(Surgery s, boolean ofBlocks, boolean used, boolean summed)
      throws IOException {
    Optional<Inode> file = s.file();
    if (file.isEmpty() || !summed && !s.isSummed()) {
      return false;
    }
    long inode = file.get().number();
    long cluster = s.superblock.clusterBytes() / s.blockBytes;
    long block = s.firstBlock(file.get()) - s.superblock.firstDataBlock();
    long group =
        ofBlocks
            ? block / s.superblock.blocksPerGroup()
            : (inode - 1) / s.superblock.inodesPerGroup();
    long bit =
        ofBlocks
            ? block % s.superblock.blocksPerGroup() / cluster
            : (inode - 1) % s.superblock.inodesPerGroup();
    GroupDescriptor descriptor = s.sound.group(group);
    int at = s.block(ofBlocks ? descriptor.blockBitmap() : descriptor.inodeBitmap());
    while (!used && (s.raw[at + (int) (bit >> 3)] >> (bit & 7) & 1) != 0) {
      bit++;
    }
    if (bit
        >= (ofBlocks ? s.superblock.blocksPerGroup() / cluster : s.superblock.inodesPerGroup())) {
      return false;
    }
    s.raw[at + (int) (bit >> 3)] ^= (byte) (1 << (bit & 7));
    if (summed) {
      s.sumBitmap(group, ofBlocks);
    }
    return true;
  }

  private void bitmaps() {
    bit("block in use that its bitmap frees", true, true, true);
    bit("block in use that its bitmap frees, not summed", true, true, false);
    bit("block that nothing uses and its bitmap does not free", true, false, true);
    bit("inode in use that its bitmap frees", false, true, true);
    bit("inode in use that its bitmap frees, not summed", false, true, false);
    bit("inode that nothing uses and its bitmap does not free", false, false, true);
  }

  private void field(String name, int at, int mask) {
    damages.add(
        "inode",
        name,
        s -> {
          Optional<Inode> file = s.file();
          if (file.isEmpty()) {
            return false;
          }
          long number = file.get().number();
          s.put16(s.inodeAt(number) + at, file.get().word(at) & 0xffff ^ mask);
          s.sumInode(number);
          return true;
        });
  }

  private void inodes() {
    field("file of no type", 0x0, 0x8000);
    field("file that its inode calls a directory", 0x0, 0xc000);
    field("file that its inode calls a device", 0x0, 0xa000);
    field("file with more links than names", 0x1a, 0x10);
    field("file without links", 0x1a, 0x1);
    field("file with a deletion time", 0x16, 0x6000);
    field("file with another count of sectors", 0x1c, 0x8);
    field("file whose map is called another kind", 0x22, 0x8);
    field("file with an attribute block far away", 0x6a, 0x7000);
    field("file that is called inline", 0x22, 0x1000);
    field("file that is called encrypted", 0x20, 0x800);
    field("file with a size beyond all bounds", 0x6e, 0x8000);
  }

  private void more() {
    damages.add(
        "inode",
        "file of a size below its blocks",
        s -> {
          long number = s.file().map(Inode::number).orElse(0L);
          if (number != 0) {
            s.put(s.inodeAt(number) + 4, 1);
            s.sumInode(number);
          }
          return number != 0;
        });
    damages.add(
        "inode",
        "inode whose checksum does not fit",
        s -> {
          s.raw[s.inodeAt(s.file().map(Inode::number).orElse(2L)) + 0x7c] ^= 1;
          return s.isSummed();
        });
    damages.add(
        "inode",
        "inode with extra fields beyond its end",
        s -> {
          long number = s.file().map(Inode::number).orElse(2L);
          s.put16(s.inodeAt(number) + 0x80, 0xfff0);
          s.sumInode(number);
          return s.superblock.inodeBytes() > 128;
        });
    damages.add(
        "inode",
        "root that is a file",
        s -> {
          s.put16(s.inodeAt(2), 0x81ed);
          s.sumInode(2);
          return true;
        });
    damages.add(
        "inode",
        "symlink with a size beyond its target",
        s -> {
          Optional<Inode> link =
              s.inode(i -> i.type() == NodeType.SYMLINK && i.size() < 30 && i.sectors() == 0);
          if (link.isEmpty() || link.get().has(InodeFlag.INLINE_DATA)) {
            return false;
          }
          s.put(s.inodeAt(link.get().number()) + 4, 50);
          s.sumInode(link.get().number());
          return true;
        });
    damages.add(
        "journal",
        "journal whose inode is blank",
        s -> zero(s, s.inodeAt(8), s.superblock.inodeBytes()) && s.superblock.journalInode() == 8);
    damages.add(
        "journal",
        "journal without its superblock",
        s ->
            s.superblock.journalInode() == 8
                && zero(s, s.block(s.firstBlock(s.sound.inode(8))), 1024));
  }
}
