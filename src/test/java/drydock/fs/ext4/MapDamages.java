package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import java.io.IOException;
import java.util.Optional;

/** Extent trees and blocks of block numbers. */
record MapDamages(Damages damages) {
  /** Breaks something at the start of a node. */
  @FunctionalInterface
  private interface Cut {
    void at(Surgery surgery, int node) throws IOException;
  }

  /** Which file is hit. */
  @FunctionalInterface
  private interface Kind {
    Optional<Inode> in(Surgery surgery) throws IOException;
  }

  void add() {
    roots();
    leaves();
    indexes();
    pointers();
    tables();
  }

  /** Breaks the field of an inode that holds its map, or the root of it. */
  private void field(String structure, String name, Kind kind, Cut cut) {
    damages.add(
        structure,
        name,
        s -> {
          Optional<Inode> file = kind.in(s);
          if (file.isEmpty()) {
            return false;
          }
          cut.at(s, s.fieldAt(file.get().number()));
          s.sumInode(file.get().number());
          return true;
        });
  }

  private void root(String name, Cut cut) {
    field("extents", name, Surgery::extentFile, cut);
  }

  private void leaf(String name, Cut cut) {
    damages.add(
        "extents",
        name,
        s -> {
          Optional<Inode> file = s.deepFile();
          if (file.isEmpty()) {
            return false;
          }
          long block = s.leafBlock(file.get());
          cut.at(s, s.block(block));
          s.sumNode(file.get(), block);
          return true;
        });
  }

  private void roots() {
    root("root of extents without its mark", (s, at) -> s.put16(at, 0));
    root("root of extents with more than room", (s, at) -> s.put16(at + 2, 9));
    root("root of extents with a room that cannot be", (s, at) -> s.put16(at + 4, 400));
    root("root of extents that is too deep", (s, at) -> s.put16(at + 6, 7));
    root("root of extents of another depth", (s, at) -> s.put16(at + 6, 1));
    root("extent without blocks", (s, at) -> s.put16(at + 16, 0));
    root("extent beyond the disk", (s, at) -> s.put(at + 20, 1 << 28));
    root("extent beyond the disk by its high half", (s, at) -> s.put16(at + 18, 9));
    root("extent at block 0", (s, at) -> s.put(at + 20, 0));
    root(
        "extent on the inode table",
        (s, at) -> s.put(at + 20, (int) s.sound.group(0).inodeTable()));
    root("extent behind the end of all files", (s, at) -> s.put(at + 12, -1));
    root("extent on another file", (s, at) -> s.put(at + 20, (int) other(s)));
    root("extents without any", (s, at) -> s.put16(at + 2, 0));
  }

  private static long other(Surgery s) throws IOException {
    Optional<Inode> other = s.otherFile();
    return other.isPresent() ? s.firstBlock(other.get()) : s.superblock.firstDataBlock() + 1;
  }

  private void leaves() {
    leaf("leaf without its mark", (s, at) -> s.put16(at, 0));
    leaf("leaf with more than room", (s, at) -> s.put16(at + 2, 0x7fff));
    leaf("leaf that leads nowhere", (s, at) -> s.put16(at + 2, 0));
    leaf("leaf of another depth", (s, at) -> s.put16(at + 6, 3));
    leaf("leaf with an extent without blocks", (s, at) -> s.put16(at + 16, 0));
    leaf("leaf with extents out of order", (s, at) -> s.put(at + 24, i32(s.raw, at + 12)));
    leaf(
        "leaf that begins later than its index",
        (s, at) -> s.put(at + 12, 1 + i32(s.raw, at + 12)));
    leaf("leaf whose extents overlap", (s, at) -> s.put16(at + 16, 0x100));
    leaf("leaf with an extent beyond the disk", (s, at) -> s.put(at + 20, 1 << 28));
    leaf("leaf with an extent on itself", (s, at) -> s.put(at + 20, at / s.blockBytes));
    leaf("leaf that claims its neighbour's blocks", MapDamages::widenLast);
    damages.add(
        "extents",
        "leaf whose checksum does not fit",
        s -> {
          Optional<Inode> file = s.deepFile();
          if (file.isEmpty() || !s.isSummed()) {
            return false;
          }
          s.raw[s.block(s.leafBlock(file.get())) + 8] ^= 1;
          return true;
        });
  }

  private static void widenLast(Surgery s, int at) {
    int last = at + 12 * u16(s.raw, at + 2);
    s.put16(last + 4, 0x4000);
  }

  private void index(String name, Cut cut) {
    field("extents", name, Surgery::deepFile, cut);
  }

  private void indexes() {
    index("index beyond the disk", (s, at) -> s.put(at + 16, 1 << 28));
    index(
        "index to the inode table", (s, at) -> s.put(at + 16, (int) s.sound.group(0).inodeTable()));
    index("index to block 0", (s, at) -> s.put(at + 16, 0));
    index("index that begins later than its leaf", (s, at) -> s.put(at + 12, 5));
    leafLoop();
  }

  private void leafLoop() {
    damages.add(
        "extents",
        "node that leads to itself",
        s -> {
          Optional<Inode> file = s.deepFile();
          if (file.isEmpty()) {
            return false;
          }
          int block = i32(s.raw, s.fieldAt(file.get().number()) + 16);
          int at = s.block(block);
          s.put16(at + 6, 1);
          s.put(at + 16, block);
          s.put(at + 20, 0);
          int field = s.fieldAt(file.get().number());
          s.put16(field + 6, 2);
          s.sumNode(file.get(), block);
          s.sumInode(file.get().number());
          return true;
        });
  }

  private void pointer(String name, Cut cut) {
    field("pointers", name, Surgery::pointerFile, cut);
  }

  private void pointers() {
    pointer("block number beyond the disk", (s, at) -> s.put(at + 4, 1 << 28));
    pointer(
        "block number of the inode table",
        (s, at) -> s.put(at, (int) s.sound.group(0).inodeTable()));
    pointer("block number of another file", (s, at) -> s.put(at, (int) other(s)));
    pointer("block number that is there twice", (s, at) -> s.put(at + 4, i32(s.raw, at)));
    pointer("block number lost", (s, at) -> s.put(at, 0));
  }

  private void table(String name, Cut cut) {
    field("pointers", name, Surgery::indirectFile, (s, at) -> cut.at(s, at + 48));
  }

  private void tables() {
    table("block of numbers beyond the disk", (s, at) -> s.put(at, 1 << 28));
    table(
        "block of numbers on the inode table",
        (s, at) -> s.put(at, (int) s.sound.group(0).inodeTable()));
    table("block of numbers lost", (s, at) -> s.put(at, 0));
    table(
        "block of numbers that names itself",
        (s, at) -> s.put(s.block(i32(s.raw, at)), i32(s.raw, at)));
    table(
        "block of numbers that names what is far away",
        (s, at) -> s.put(s.block(i32(s.raw, at)), 1 << 28));
    table("block of numbers two deep that is the first", (s, at) -> s.put(at + 4, i32(s.raw, at)));
  }
}
