package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.util.Optional;

/**
 * A small file system's bytes with its parts found by a reader of the sound image, and checksums
 * computed anew after an operation, so that the damage is in what is said and not in the sums.
 */
final class Surgery {
  final byte[] raw;
  final Ext4Tree sound;
  final Superblock superblock;
  final int blockBytes;
  private final Checksums sums;

  /** A kind of inode. */
  @FunctionalInterface
  interface Kind {
    boolean is(Inode inode) throws IOException;
  }

  /** An image that nothing was done to, and its tree. */
  record Sound(byte[] image, Ext4Tree tree) {
    static Sound of(byte[] image) throws IOException {
      ArraySource source = new ArraySource(image, Origin.of("sound"));
      return new Sound(image, Ext4Format.openTree(source, OpenOptions.DEFAULT, new FindingLog()));
    }
  }

  Surgery(Sound sound) {
    this.raw = sound.image.clone();
    this.sound = sound.tree;
    this.superblock = sound.tree.superblock();
    this.blockBytes = superblock.blockBytes();
    this.sums = new Checksums(superblock);
  }

  boolean isSummed() {
    return sums.verified();
  }

  void put(int at, int value) {
    Checksums.putInt(raw, at, value);
  }

  void put16(int at, int value) {
    raw[at] = (byte) value;
    raw[at + 1] = (byte) (value >>> 8);
  }

  int block(long number) {
    return (int) (number * blockBytes);
  }

  int inodeAt(long number) throws IOException {
    GroupDescriptor group = sound.group((number - 1) / superblock.inodesPerGroup());
    long index = (number - 1) % superblock.inodesPerGroup();
    return block(group.inodeTable()) + (int) index * superblock.inodeBytes();
  }

  int fieldAt(long number) throws IOException {
    return inodeAt(number) + Inode.BLOCK_FIELD;
  }

  int groupAt(long group) {
    return block(1024 / blockBytes + 1) + (int) group * superblock.descriptorBytes();
  }

  /** The first inode behind the reserved ones of a kind; empty when the image has none. */
  Optional<Inode> inode(Kind kind) throws IOException {
    for (long number = superblock.firstInode(); number <= superblock.lastInode(); number++) {
      Inode inode = sound.inode(number);
      boolean own = number == superblock.orphanFile() || inode.has(InodeFlag.ATTRIBUTE_VALUE);
      if (!own && inode.links() > 0 && kind.is(inode)) {
        return Optional.of(inode);
      }
    }
    return Optional.empty();
  }

  Optional<Inode> file() throws IOException {
    return inode(i -> i.type() == NodeType.FILE && isMapped(i) && depth(i) == 0 && i.size() > 2048);
  }

  Optional<Inode> otherFile() throws IOException {
    long first = file().map(Inode::number).orElse(0L);
    return inode(
        i ->
            i.type() == NodeType.FILE
                && isMapped(i)
                && depth(i) == 0
                && i.size() > 2048
                && i.number() > first);
  }

  Optional<Inode> extentFile() throws IOException {
    return file().filter(i -> i.has(InodeFlag.EXTENTS));
  }

  Optional<Inode> deepFile() throws IOException {
    return inode(i -> i.type() == NodeType.FILE && i.has(InodeFlag.EXTENTS) && depth(i) > 0);
  }

  Optional<Inode> pointerFile() throws IOException {
    return file().filter(i -> !i.has(InodeFlag.EXTENTS));
  }

  Optional<Inode> indirectFile() throws IOException {
    return inode(
        i ->
            i.type() == NodeType.FILE
                && isMapped(i)
                && !i.has(InodeFlag.EXTENTS)
                && i.word(Inode.BLOCK_FIELD + 48) != 0);
  }

  Optional<Inode> directory() throws IOException {
    long lostAndFound = superblock.firstInode();
    return inode(
        i ->
            i.type() == NodeType.DIRECTORY
                && isMapped(i)
                && !i.has(InodeFlag.INDEXED)
                && !i.has(InodeFlag.ENCRYPTED)
                && i.number() != lostAndFound);
  }

  boolean isLinear(Inode directory) {
    return isMapped(directory) && !directory.has(InodeFlag.INDEXED);
  }

  Optional<Inode> hashed() throws IOException {
    return inode(i -> i.type() == NodeType.DIRECTORY && i.has(InodeFlag.INDEXED));
  }

  private static boolean isMapped(Inode inode) {
    return !inode.has(InodeFlag.INLINE_DATA) && inode.word(Inode.BLOCK_FIELD + 8) != 0
        || inode.has(InodeFlag.EXTENTS);
  }

  private static int depth(Inode inode) {
    return inode.has(InodeFlag.EXTENTS) ? inode.word(Inode.BLOCK_FIELD + 4) >>> 16 : 0;
  }

  /** The disk's block of an inode's first one. */
  long firstBlock(Inode inode) throws IOException {
    return sound.runs(inode, 1).get(0).block();
  }

  /** Where the first leaf of an extent tree lies, and the block that it is; 0 for the root. */
  long leafBlock(Inode inode) throws IOException {
    int at = fieldAt(inode.number());
    long block = 0;
    while (u16(raw, at + 6) > 0) {
      block = i32(raw, at + 16);
      at = block(block);
    }
    return block;
  }

  /** Where the entry of a name lies in the first block of a directory. */
  int entry(Inode directory, Name name) throws IOException {
    int at = block(firstBlock(directory));
    int end = at + blockBytes;
    while (at < end) {
      int length = u16(raw, at + 4);
      if (Name.of(raw, at + 8, raw[at + 6] & 0xff).equals(name)) {
        return at;
      }
      at += length;
    }
    throw new IllegalStateException("no entry " + name);
  }

  void sumSuperblock() {
    if (isSummed()) {
      put(1024 + 0x3fc, Checksums.crc32c(-1, raw, 1024, 0x3fc));
    }
  }

  void sumGroup(long group) {
    int at = groupAt(group);
    int length = superblock.descriptorBytes();
    byte[] descriptor = new byte[length];
    System.arraycopy(raw, at, descriptor, 0, length);
    byte[] number = new byte[4];
    Checksums.putInt(number, 0, (int) group);
    if (isSummed()) {
      descriptor[0x1e] = 0;
      descriptor[0x1f] = 0;
      int sum = Checksums.crc32c(Checksums.crc32c(sums.seed(), number), descriptor);
      put16(at + 0x1e, sum);
    } else if (superblock.features().has(Feature.UNINIT_BG)) {
      int sum = Checksums.crc16(0xffff, superblock.uuid(), 0, 16);
      sum = Checksums.crc16(sum, number, 0, 4);
      sum = Checksums.crc16(sum, descriptor, 0, 0x1e);
      put16(at + 0x1e, Checksums.crc16(sum, descriptor, 0x20, length - 0x20));
    }
  }

  void sumInode(long number) throws IOException {
    if (!isSummed()) {
      return;
    }
    int at = inodeAt(number);
    int size = superblock.inodeBytes();
    byte[] inode = new byte[size];
    System.arraycopy(raw, at, inode, 0, size);
    inode[0x7c] = 0;
    inode[0x7d] = 0;
    boolean wide = size > 128 && u16(inode, 0x80) >= 4;
    if (wide) {
      inode[0x82] = 0;
      inode[0x83] = 0;
    }
    int sum = Checksums.crc32c(sums.inodeSeed(number, i32(inode, 0x64)), inode);
    put16(at + 0x7c, sum);
    if (wide) {
      put16(at + 0x82, sum >>> 16);
    }
  }

  /** Sums what ends in its checksum: a block of an extent tree. */
  void sumNode(Inode inode, long block) {
    if (isSummed()) {
      int at = block(block);
      int tail = 12 + 12 * u16(raw, at + 4);
      int seed = sums.inodeSeed(inode.number(), (int) inode.generation());
      put(at + tail, Checksums.crc32c(seed, raw, at, tail));
    }
  }

  void sumNames(Inode directory, long block) {
    if (isSummed()) {
      int at = block(block);
      int seed = sums.inodeSeed(directory.number(), (int) directory.generation());
      put(at + blockBytes - 4, Checksums.crc32c(seed, raw, at, blockBytes - 12));
    }
  }

  void sumIndex(Inode directory, long block, int countAt) {
    if (!isSummed()) {
      return;
    }
    int at = block(block);
    int limit = u16(raw, at + countAt);
    int count = u16(raw, at + countAt + 2);
    int tail = at + countAt + limit * 8;
    if (tail + 8 > at + blockBytes || countAt + count * 8 > blockBytes) {
      return;
    }
    int seed = sums.inodeSeed(directory.number(), (int) directory.generation());
    int sum = Checksums.crc32c(seed, raw, at, countAt + count * 8);
    sum = Checksums.crc32c(sum, raw, tail, 4);
    put(tail + 4, Checksums.crc32c(sum, new byte[4]));
  }

  void sumAttributes(long block) {
    if (isSummed()) {
      int at = block(block);
      byte[] place = new byte[8];
      Checksums.putInt(place, 0, (int) block);
      byte[] whole = new byte[blockBytes];
      System.arraycopy(raw, at, whole, 0, blockBytes);
      int seed = Checksums.crc32c(sums.seed(), place);
      put(at + 16, Checksums.crc32cWithout(seed, whole, blockBytes, 16));
    }
  }

  /** Sums a group's bitmap anew and then the group, which keeps that sum. */
  void sumBitmap(long group, boolean ofBlocks) throws IOException {
    if (!isSummed()) {
      return;
    }
    GroupDescriptor descriptor = sound.group(group);
    int cluster = superblock.clusterBytes() / blockBytes;
    long bits = ofBlocks ? superblock.blocksPerGroup() / cluster : superblock.inodesPerGroup();
    int from = block(ofBlocks ? descriptor.blockBitmap() : descriptor.inodeBitmap());
    int sum = Checksums.crc32c(sums.seed(), raw, from, (int) (bits / 8));
    int at = groupAt(group);
    put16(at + (ofBlocks ? 0x18 : 0x1a), sum);
    if (superblock.descriptorBytes() >= 64) {
      put16(at + (ofBlocks ? 0x38 : 0x3a), sum >>> 16);
    }
    sumGroup(group);
  }
}
