package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import java.io.IOException;
import java.util.Optional;

/** Extended attributes: in inodes, in blocks, in inodes of their own. */
record AttributeDamages(Damages damages) {
  /** Breaks a table, whose place is given. */
  @FunctionalInterface
  private interface Cut {
    void at(Surgery surgery, int table) throws IOException;
  }

  void add() {
    block("attribute block without its mark", (s, at) -> s.put(at, 0));
    block("attribute block of two blocks", (s, at) -> s.put(at + 8, 2));
    block("attribute block shared by more", (s, at) -> s.put(at + 4, 77));
    block("attribute name beyond its block", (s, at) -> s.raw[at + 32] = (byte) 255);
    block("attribute value beyond its block", (s, at) -> s.put(at + 40, 1 << 20));
    block("attribute value at an offset beyond", (s, at) -> s.put16(at + 34, 0xfff0));
    block("attribute value on the names", (s, at) -> s.put16(at + 34, 32));
    block("attribute hash that does not fit", (s, at) -> s.put(at + 44, i32(s.raw, at + 44) ^ 1));
    block("attribute of an unknown prefix", (s, at) -> s.raw[at + 33] = 99);
    damages.add(
        "attributes",
        "attribute block whose checksum does not fit",
        s -> {
          Optional<Inode> file = s.inode(i -> i.attributeBlock() != 0);
          if (file.isEmpty() || !s.isSummed()) {
            return false;
          }
          s.raw[s.block(file.get().attributeBlock()) + 16] ^= 1;
          return true;
        });
    body("attribute in an inode with a name beyond", (s, at) -> s.raw[at] = (byte) 255);
    body("attribute in an inode with a value beyond", (s, at) -> s.put(at + 8, 1 << 20));
    body("attribute in an inode at an offset beyond", (s, at) -> s.put16(at + 2, 0xfff0));
    damages.add(
        "attributes",
        "attribute whose value's inode is gone",
        s -> {
          Optional<Inode> file = s.inode(i -> i.attributeBlock() != 0 && hasHolder(s, i));
          if (file.isEmpty()) {
            return false;
          }
          long block = file.get().attributeBlock();
          s.put(s.block(block) + 32 + 4, 3);
          s.sumAttributes(block);
          return true;
        });
  }

  private static boolean hasHolder(Surgery s, Inode inode) {
    return i32(s.raw, s.block(inode.attributeBlock()) + 32 + 4) != 0;
  }

  private void block(String name, Cut cut) {
    damages.add(
        "attributes",
        name,
        s -> {
          Optional<Inode> file = s.inode(i -> i.attributeBlock() != 0);
          if (file.isEmpty() || hasHolder(s, file.get())) {
            return false;
          }
          long block = file.get().attributeBlock();
          cut.at(s, s.block(block));
          s.sumAttributes(block);
          return true;
        });
  }

  private void body(String name, Cut cut) {
    damages.add(
        "attributes",
        name,
        s -> {
          Optional<Inode> file = s.inode(AttributeDamages::hasTable);
          if (file.isEmpty()) {
            return false;
          }
          long number = file.get().number();
          cut.at(s, s.inodeAt(number) + 128 + u16(s.raw, s.inodeAt(number) + 128) + 4);
          s.sumInode(number);
          return true;
        });
  }

  private static boolean hasTable(Inode inode) {
    return inode.extraBytes() > 0
        && inode.raw().length > 128 + inode.extraBytes() + 8
        && inode.word(128 + inode.extraBytes()) == AttributeEntry.MAGIC
        && inode.word(128 + inode.extraBytes() + 4) != 0;
  }
}
