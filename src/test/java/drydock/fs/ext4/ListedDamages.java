package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What no other damage breaks of the problems that e2fsck has a number for (e2fsprogs {@code
 * e2fsck/problem.h}) and that concern reading.
 */
record ListedDamages(Damages damages) {
  private static final Name SELF = Name.of(new byte[] {'.'});
  private static final Name ABOVE = Name.of(new byte[] {'.', '.'});

  /** Breaks a file or a directory whose first block is given; what is broken is summed anew. */
  @FunctionalInterface
  private interface Cut {
    boolean at(Surgery surgery, Inode directory, int block) throws IOException;
  }

  void add() {
    superblock();
    protection();
    groups();
    journal();
    inodes();
    orphans();
    extents();
    directories();
    names();
    circle();
  }

  private void add(String structure, String name, Damages.Operation operation) {
    damages.add(structure, name, operation);
  }

  private void superblock() {
    add(
        "superblock",
        "superblock of a larger disk",
        s -> {
          s.put(1024 + 4, (int) s.superblock.blocks() * 2);
          s.sumSuperblock();
          return true;
        });
    add(
        "superblock",
        "superblock whose meta groups begin behind the last",
        s -> {
          s.put(1024 + 0x104, 1 << 20);
          s.sumSuperblock();
          return s.superblock.features().has(Feature.META_BG);
        });
    add(
        "superblock",
        "block of the mount protection that cannot be",
        s -> {
          s.put(1024 + 0x168, 1 << 28);
          s.sumSuperblock();
          return s.superblock.features().has(Feature.MMP);
        });
    add(
        "superblock",
        "block of the mount protection without its mark",
        s -> {
          boolean has = s.superblock.features().has(Feature.MMP);
          s.raw[has ? s.block(i32(s.raw, 1024 + 0x168)) : 0] ^= 1;
          return has;
        });
  }

  private void protection() {
    add(
        "superblock",
        "block of the mount protection whose checksum does not fit",
        s -> {
          boolean has = s.superblock.features().has(Feature.MMP) && s.isSummed();
          s.raw[has ? s.block(i32(s.raw, 1024 + 0x168)) + 0x3fc : 0] ^= 1;
          return has;
        });
  }

  private void groups() {
    add(
        "descriptor",
        "group whose block bitmap is in its inode table",
        s -> {
          s.put(s.groupAt(0), (int) s.sound.group(0).inodeTable() + 1);
          s.sumGroup(0);
          return true;
        });
    add(
        "descriptor",
        "groups whose inode tables are the same",
        s -> {
          if (s.superblock.groups() < 2 || s.superblock.features().has(Feature.META_BG)) {
            return false;
          }
          s.put(s.groupAt(1) + 8, (int) s.sound.group(0).inodeTable());
          s.sumGroup(1);
          return true;
        });
  }

  private void journal() {
    add("journal", "journal with features that nobody knows", s -> journalWord(s, 0x28, 0x80));
    add("journal", "journal of an unknown kind", s -> journalWord(s, 4, 77));
    add("journal", "journal of another block size", s -> journalWord(s, 12, 512));
  }

  /** A journal's numbers have their highest byte first. */
  private static boolean journalWord(Surgery s, int at, int value) throws IOException {
    if (s.superblock.journalInode() != 8) {
      return false;
    }
    s.put(s.block(s.firstBlock(s.sound.inode(8))) + at, Integer.reverseBytes(value));
    return true;
  }

  private void inodes() {
    add(
        "inode",
        "root with a deletion time",
        s -> {
          s.put(s.inodeAt(2) + 0x14, 0x6000_0000);
          s.sumInode(2);
          return true;
        });
    add(
        "inode",
        "short symlink that is said to have extents",
        s -> {
          Optional<Inode> link =
              s.inode(i -> i.type() == NodeType.SYMLINK && i.size() < 30 && i.sectors() == 0);
          if (link.isEmpty() || link.get().has(InodeFlag.INLINE_DATA)) {
            return false;
          }
          int at = s.inodeAt(link.get().number()) + 0x20;
          s.put(at, i32(s.raw, at) | 0x80000);
          s.sumInode(link.get().number());
          return true;
        });
  }

  private void orphans() {
    orphanFile(
        "orphan file without its mark",
        (s, file, block) -> {
          s.raw[block + s.blockBytes - 8] ^= 1;
          return true;
        });
    orphanFile(
        "orphan file whose checksum does not fit",
        (s, file, block) -> {
          s.raw[block + s.blockBytes - 4] ^= 1;
          return s.isSummed();
        });
    orphanFile(
        "orphan file that is none",
        (s, file, block) -> {
          s.put16(s.inodeAt(file.number()), 0);
          return true;
        });
    orphanFile(
        "orphan file of an odd size",
        (s, file, block) -> {
          s.put(s.inodeAt(file.number()) + 4, 777);
          return true;
        });
  }

  private void orphanFile(String name, Cut cut) {
    add(
        "orphans",
        name,
        s -> {
          if (!s.superblock.features().has(Feature.ORPHAN_FILE)) {
            return false;
          }
          Inode file = s.sound.inode(s.superblock.orphanFile());
          boolean isCut = cut.at(s, file, s.block(s.firstBlock(file)));
          s.sumInode(file.number());
          return isCut;
        });
  }

  private void extents() {
    add(
        "extents",
        "extent that ends beyond the disk",
        s -> {
          Optional<Inode> file = s.extentFile();
          if (file.isEmpty()) {
            return false;
          }
          long number = file.get().number();
          s.put(s.fieldAt(number) + 20, (int) s.superblock.blocks() - 1);
          s.sumInode(number);
          return u16(s.raw, s.fieldAt(number) + 16) > 1;
        });
    add(
        "directory",
        "inline directory of an odd size",
        s -> {
          Optional<Inode> directory =
              s.inode(i -> i.type() == NodeType.DIRECTORY && i.has(InodeFlag.INLINE_DATA));
          if (directory.isEmpty()) {
            return false;
          }
          s.put(s.inodeAt(directory.get().number()) + 4, 63);
          s.sumInode(directory.get().number());
          return true;
        });
    add("hash tree", "inner node of a hash tree whose checksum does not fit", s -> innerNode(s));
  }

  private static boolean innerNode(Surgery s) throws IOException {
    Optional<Inode> directory =
        s.inode(i -> i.has(InodeFlag.INDEXED) && s.raw[s.block(s.firstBlock(i)) + 0x1e] == 1);
    if (directory.isEmpty() || !s.isSummed()) {
      return false;
    }
    int node = i32(s.raw, s.block(s.firstBlock(directory.get())) + 0x24);
    for (BlockRun run : s.sound.runs(directory.get(), 1000)) {
      if (node >= run.start() && node < run.end()) {
        s.raw[s.block(run.block() + node - run.start()) + s.blockBytes - 4] ^= 1;
        return true;
      }
    }
    return false;
  }

  private void directory(String name, Cut cut) {
    add(
        "directory",
        name,
        s -> {
          Optional<Inode> directory = s.directory();
          if (directory.isEmpty()) {
            return false;
          }
          long block = s.firstBlock(directory.get());
          boolean isCut = cut.at(s, directory.get(), s.block(block));
          s.sumInode(directory.get().number());
          s.sumNames(directory.get(), block);
          return isCut;
        });
  }

  private void directories() {
    directory(
        "directory without blocks",
        (s, directory, block) -> {
          int field = s.fieldAt(directory.number());
          boolean hasExtents = directory.has(InodeFlag.EXTENTS);
          Arrays.fill(
              s.raw, hasExtents ? field + 2 : field, hasExtents ? field + 4 : field + 60, (byte) 0);
          return true;
        });
    directory(
        "directory whose block was never written",
        (s, directory, block) -> {
          int length = s.fieldAt(directory.number()) + 16;
          s.put16(length, u16(s.raw, length) | 0x8000);
          return directory.has(InodeFlag.EXTENTS);
        });
    directory(
        "directory that begins with a hole",
        (s, directory, block) -> {
          s.put(s.fieldAt(directory.number()) + 12, 1);
          return directory.has(InodeFlag.EXTENTS);
        });
    directory(
        "directory that is called a hash tree and is none",
        (s, directory, block) -> {
          int flags = s.inodeAt(directory.number()) + 0x20;
          s.put(flags, i32(s.raw, flags) | 0x1000);
          return true;
        });
    directory(
        "directory without what is above",
        (s, directory, block) -> {
          s.put(s.entry(directory, ABOVE), 0);
          return true;
        });
    add(
        "directory",
        "directory block without room for its checksum",
        s -> {
          Optional<Inode> directory = s.directory();
          if (directory.isEmpty() || !s.isSummed()) {
            return false;
          }
          int end = s.block(s.firstBlock(directory.get())) + s.blockBytes;
          Arrays.fill(s.raw, end - 12, end, (byte) 0);
          return true;
        });
  }

  private void names() {
    directory(
        "entry of the inode of bad blocks",
        (s, d, block) -> {
          int at = first(s, d);
          s.put(at, 1);
          return i32(s.raw, at) != 0;
        });
    directory(
        "second entry that is called itself",
        (s, d, block) -> {
          int at = first(s, d);
          s.raw[at + 6] = 1;
          s.raw[at + 8] = '.';
          return i32(s.raw, at) != 0;
        });
    directory(
        "name that is there twice",
        (s, d, block) -> {
          int at = first(s, d);
          int next = at + u16(s.raw, at + 4);
          int room = u16(s.raw, next + 4) - 8;
          int length = s.raw[at + 6] & 0xff;
          if (i32(s.raw, at) == 0
              || next > block + s.blockBytes - 24
              || room < length
              || i32(s.raw, next) == 0) {
            return false;
          }
          System.arraycopy(s.raw, at + 6, s.raw, next + 6, 2 + length);
          return true;
        });
    directory(
        "directory that is only in itself",
        (s, d, block) -> {
          int at = first(s, d);
          boolean has = i32(s.raw, at) != 0;
          Inode root = s.sound.inode(2);
          if (!has || !s.isLinear(root)) {
            return false;
          }
          s.put(at, (int) d.number());
          s.raw[at + 7] = s.raw[s.entry(d, SELF) + 7];
          s.put(s.entry(d, ABOVE), (int) d.number());
          forget(s, root, d.number());
          return true;
        });
  }

  /** Two directories, each in the other, and no other name for any of them. */
  private void circle() {
    add(
        "directory",
        "directories in a circle",
        s -> {
          Inode root = s.sound.inode(2);
          Optional<Inode> lower = s.inode(i -> s.isLinear(i) && isTwoDeep(s, i));
          if (lower.isEmpty() || !s.isLinear(root)) {
            return false;
          }
          long upper = above(s, lower.get());
          int at = first(s, lower.get());
          if (i32(s.raw, at) == 0) {
            return false;
          }
          s.put(at, (int) upper);
          s.raw[at + 7] = s.raw[s.entry(lower.get(), SELF) + 7];
          s.put(s.entry(s.sound.inode(upper), ABOVE), (int) lower.get().number());
          forget(s, root, upper);
          s.sumNames(lower.get(), s.firstBlock(lower.get()));
          s.sumNames(s.sound.inode(upper), s.firstBlock(s.sound.inode(upper)));
          return true;
        });
  }

  private static boolean isTwoDeep(Surgery s, Inode inode) throws IOException {
    if (inode.type() != NodeType.DIRECTORY || inode.number() == s.superblock.firstInode()) {
      return false;
    }
    Inode upper = s.sound.inode(above(s, inode));
    return upper.number() != 2
        && s.isLinear(upper)
        && above(s, upper) == 2
        && u16(s.raw, s.entry(inode, ABOVE) + 4) == 12;
  }

  private static long above(Surgery s, Inode directory) throws IOException {
    return i32(s.raw, s.entry(directory, ABOVE));
  }

  /** Takes the name of an inode out of the first block of a directory. */
  private static void forget(Surgery s, Inode directory, long inode) throws IOException {
    int at = s.block(s.firstBlock(directory));
    int end = at + s.blockBytes;
    while (at < end && u16(s.raw, at + 4) > 0) {
      if (i32(s.raw, at) == inode && s.raw[at + 8] != '.') {
        s.put(at, 0);
      }
      at += u16(s.raw, at + 4);
    }
    s.sumNames(directory, s.firstBlock(directory));
  }

  /** The first entry behind the dots. */
  private static int first(Surgery s, Inode directory) throws IOException {
    int above = s.entry(directory, ABOVE);
    return above + u16(s.raw, above + 4);
  }
}
