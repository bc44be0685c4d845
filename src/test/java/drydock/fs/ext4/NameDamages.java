package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Directories, and their hash trees. */
record NameDamages(Damages damages) {
  private static final Name SELF = Name.of(new byte[] {'.'});
  private static final Name ABOVE = Name.of(new byte[] {'.', '.'});

  /** Breaks an entry, whose place is given. */
  @FunctionalInterface
  private interface Cut {
    void at(Surgery surgery, int entry) throws IOException;
  }

  void add() {
    entries();
    dots();
    places();
    trees();
  }

  /** Hits the first entry behind the dots of a directory. */
  private void entry(String name, Cut cut) {
    damages.add(
        "directory",
        name,
        s -> {
          Optional<Inode> directory = s.directory();
          if (directory.isEmpty()) {
            return false;
          }
          long block = s.firstBlock(directory.get());
          int above = s.entry(directory.get(), ABOVE);
          int first = above + u16(s.raw, above + 4);
          if (first >= s.block(block) + s.blockBytes - 12 || i32(s.raw, first) == 0) {
            return false;
          }
          cut.at(s, first);
          s.sumNames(directory.get(), block);
          return true;
        });
  }

  private void entries() {
    entry("entry of no length", (s, at) -> s.put16(at + 4, 0));
    entry("entry of an odd length", (s, at) -> s.put16(at + 4, 13));
    entry("entry beyond its block", (s, at) -> s.put16(at + 4, 0xfff0));
    entry("entry shorter than its name", (s, at) -> s.put16(at + 6, 0x1ff));
    entry("entry of an inode that there is not", (s, at) -> s.put(at, -2));
    entry("entry of an inode that is free", (s, at) -> s.put(at, (int) s.superblock.lastInode()));
    entry("entry of a reserved inode", (s, at) -> s.put(at, 7));
    entry("entry with a slash", (s, at) -> s.raw[at + 8] = '/');
    entry("entry with a zero in its name", (s, at) -> s.raw[at + 8] = 0);
    entry("entry of another type", (s, at) -> s.raw[at + 7] = 5);
    entry("entry of the root", (s, at) -> s.put(at, 2));
    entry("entry without a name", (s, at) -> s.raw[at + 6] = 0);
    entry("entry of a file that another name stands for", (s, at) -> s.put(at, (int) number(s)));
    entry("entry lost", (s, at) -> s.put(at, 0));
  }

  private static long number(Surgery s) throws IOException {
    return s.file().map(Inode::number).orElse(11L);
  }

  private void dot(String name, Name which, Cut cut) {
    damages.add(
        "directory",
        name,
        s -> {
          Optional<Inode> directory = s.directory();
          if (directory.isEmpty()) {
            return false;
          }
          cut.at(s, s.entry(directory.get(), which));
          s.sumNames(directory.get(), s.firstBlock(directory.get()));
          return true;
        });
  }

  private void dots() {
    dot("directory that calls itself another", SELF, (s, at) -> s.put(at, 2));
    dot("directory that calls a file itself", SELF, (s, at) -> s.put(at, (int) number(s)));
    dot("directory without itself", SELF, (s, at) -> s.put(at, 0));
    dot("directory that names itself otherwise", SELF, (s, at) -> s.raw[at + 8] = 'x');
    dot("directory above which nothing is", ABOVE, (s, at) -> s.put(at, -2));
    dot("directory above which a file is", ABOVE, (s, at) -> s.put(at, (int) number(s)));
    dot("directory that is above itself", ABOVE, (s, at) -> s.put(at, i32(s.raw, at - 12)));
    dot("directory that names what is above otherwise", ABOVE, (s, at) -> s.raw[at + 8] = 'x');
  }

  private void places() {
    damages.add("directory", "directory of half a block", s -> size(s, s.blockBytes / 2));
    damages.add("directory", "directory of no size", s -> size(s, 0));
    damages.add("directory", "directory larger than its blocks", s -> size(s, 64 * s.blockBytes));
    damages.add(
        "directory",
        "directory that shows the block of another",
        s -> {
          Optional<Inode> directory = s.directory();
          if (directory.isEmpty()) {
            return false;
          }
          long number = directory.get().number();
          System.arraycopy(s.raw, s.fieldAt(2), s.raw, s.fieldAt(number), 60);
          s.sumInode(number);
          return true;
        });
    damages.add(
        "directory",
        "directory with a second name",
        s -> {
          Optional<Inode> directory = s.directory();
          if (directory.isEmpty()) {
            return false;
          }
          Inode root = s.sound.inode(2);
          int at = s.entry(root, Name.of("lost+found"));
          s.put(at, (int) directory.get().number());
          s.sumNames(root, s.firstBlock(root));
          return root.has(InodeFlag.EXTENTS) && !root.has(InodeFlag.INDEXED);
        });
    damages.add("directory", "directory block of zeros", NameDamages::zeros);
  }

  private static boolean zeros(Surgery s) throws IOException {
    Optional<Inode> directory = s.directory();
    if (directory.isPresent()) {
      int at = s.block(s.firstBlock(directory.get()));
      Arrays.fill(s.raw, at, at + s.blockBytes, (byte) 0);
    }
    return directory.isPresent();
  }

  private static boolean size(Surgery s, int size) throws IOException {
    Optional<Inode> directory = s.directory();
    if (directory.isPresent()) {
      s.put(s.inodeAt(directory.get().number()) + 4, size);
      s.sumInode(directory.get().number());
    }
    return directory.isPresent();
  }

  private void tree(String name, Cut cut) {
    damages.add(
        "hash tree",
        name,
        s -> {
          Optional<Inode> directory = s.hashed();
          if (directory.isEmpty()) {
            return false;
          }
          long block = s.firstBlock(directory.get());
          cut.at(s, s.block(block));
          s.sumIndex(directory.get(), block, 0x20);
          return true;
        });
  }

  private void trees() {
    tree("tree of an unknown hash", (s, at) -> s.raw[at + 0x1c] = 77);
    tree("tree too deep", (s, at) -> s.raw[at + 0x1e] = 9);
    tree("tree whose root says another length", (s, at) -> s.raw[at + 0x1d] = 4);
    tree("tree with more than its limit", (s, at) -> s.put16(at + 0x22, 0x7fff));
    tree("tree without entries", (s, at) -> s.put16(at + 0x22, 0));
    tree("tree with another limit", (s, at) -> s.put16(at + 0x20, 5));
    tree("tree that leads beyond the directory", (s, at) -> s.put(at + 0x2c, 0xffffff));
    tree("tree that leads to its root", (s, at) -> s.put(at + 0x2c, 0));
    tree("tree that leads to one block twice", (s, at) -> s.put(at + 0x2c, i32(s.raw, at + 0x24)));
    tree("tree with hashes out of order", (s, at) -> s.put(at + 0x28, -2));
    tree("tree with a block lost", (s, at) -> s.put16(at + 0x22, u16(s.raw, at + 0x22) - 1));
    damages.add(
        "hash tree",
        "tree that the inode does not speak of",
        s -> {
          Optional<Inode> directory = s.hashed();
          if (directory.isEmpty() || directory.get().type() != NodeType.DIRECTORY) {
            return false;
          }
          long number = directory.get().number();
          int at = s.inodeAt(number) + 0x20;
          s.put(at, i32(s.raw, at) & ~0x1000);
          s.sumInode(number);
          return true;
        });
  }
}
