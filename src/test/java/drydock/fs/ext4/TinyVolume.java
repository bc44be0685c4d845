package drydock.fs.ext4;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A file system of a few dozen blocks, written by the format's description: what a fuzzer fills
 * with its own structures. The root names a file, a directory, a symlink and a holder of values;
 * their slots are at {@link #FILE} and behind.
 */
public final class TinyVolume {
  public static final int JOURNAL = 8;
  public static final int FILE = 12;
  public static final int DIRECTORY = 13;
  public static final int LINK = 14;
  public static final int HOLDER = 15;

  static final int DATA_BLOCKS = 48;
  static final int EXTENTS = 0x80000;
  static final int INLINE = 0x10000000;
  static final int INDEXED = 0x1000;

  private static final int INODES = 32;
  private static final int SUPERBLOCK = 1024;
  private static final int READABLE_BY_ALL = 0x8000 | 0644;

  /** Which features and sizes; a fuzzer's first byte picks one. */
  public enum Style {
    OLDEST(1024, 128, 0, 0, 0),
    EXT3(1024, 128, 0x28, 0x2, 0x3),
    EXT4(1024, 256, 0x28, 0x42, 0x6a),
    SUMS(1024, 256, 0x28, 0x42, 0x46a),
    WIDE(4096, 256, 0x28, 0x60c2, 0x46a),
    INLINED(1024, 256, 0x28, 0x8042, 0x46a),
    VALUES(1024, 512, 0x28, 0x4c2, 0x46a),
    FOLDED(1024, 256, 0x28, 0x30042, 0x46a),
    HUGE_BLOCKS(65536, 256, 0x28, 0x42, 0x6a),
    CRC16(1024, 256, 0x28, 0x42, 0x7a),
    CLUSTERS(1024, 256, 0x28, 0x42, 0x66a),
    ORPHANS(1024, 256, 0x1028, 0x42, 0x1046a),
    NO_TYPES(2048, 256, 0x28, 0x40, 0x6a);

    final int blockBytes;
    final int inodeBytes;
    final int compat;
    final int incompat;
    final int readOnly;

    Style(int blockBytes, int inodeBytes, int compat, int incompat, int readOnly) {
      this.blockBytes = blockBytes;
      this.inodeBytes = inodeBytes;
      this.compat = compat;
      this.incompat = incompat;
      this.readOnly = readOnly;
    }

    public static Style of(int number) {
      return values()[Integer.remainderUnsigned(number, values().length)];
    }

    boolean hasExtents() {
      return (incompat & 0x40) != 0;
    }

    boolean isSummed() {
      return (readOnly & 0x400) != 0;
    }

    boolean isWide() {
      return (incompat & 0x80) != 0;
    }
  }

  final Style style;
  final ByteBuffer raw;
  private final int inodes;
  private final int firstBlock;
  private final int table;
  private final int firstData;
  private int blocksPerGroup;

  public TinyVolume(Style style) {
    this.style = style;
    inodes = Math.max(INODES, style.blockBytes / style.inodeBytes);
    firstBlock = style.blockBytes == 1024 ? 1 : 0;
    table = firstBlock + 4;
    firstData = table + inodes * style.inodeBytes / style.blockBytes;
    raw = ByteBuffer.allocate((firstData + DATA_BLOCKS) * style.blockBytes);
    raw.order(ByteOrder.LITTLE_ENDIAN);
    blocksPerGroup = style.blockBytes * 8;
    superblock();
    descriptor(0);
    bitmap(firstBlock + 2, firstData + DATA_BLOCKS - firstBlock);
    bitmap(firstBlock + 3, HOLDER);
    files();
  }

  private void superblock() {
    raw.putInt(SUPERBLOCK, inodes).putInt(SUPERBLOCK + 0x4, blocks());
    raw.putInt(SUPERBLOCK + 0x14, firstBlock);
    int log = Integer.numberOfTrailingZeros(style.blockBytes) - 10;
    raw.putInt(SUPERBLOCK + 0x18, log).putInt(SUPERBLOCK + 0x1c, log + clusterBits());
    raw.putInt(SUPERBLOCK + 0x20, blocksPerGroup << clusterBits());
    raw.putInt(SUPERBLOCK + 0x24, blocksPerGroup).putInt(SUPERBLOCK + 0x28, inodes);
    raw.putInt(SUPERBLOCK + 0x30, 1_700_000_000).putShort(SUPERBLOCK + 0x38, (short) 0xef53);
    raw.putShort(SUPERBLOCK + 0x3a, (short) 1);
    raw.putInt(SUPERBLOCK + 0x4c, style == Style.OLDEST ? 0 : 1).putInt(SUPERBLOCK + 0x54, 11);
    raw.putShort(SUPERBLOCK + 0x58, (short) style.inodeBytes);
    raw.putInt(SUPERBLOCK + 0x5c, style.compat).putInt(SUPERBLOCK + 0x60, style.incompat);
    raw.putInt(SUPERBLOCK + 0x64, style.readOnly);
    for (int i = 0; i < 16; i++) {
      raw.put(SUPERBLOCK + 0x68 + i, (byte) (i + 1)).put(SUPERBLOCK + 0xec + i, (byte) (31 * i));
    }
    raw.put(SUPERBLOCK + 0xfc, (byte) 1).putInt(SUPERBLOCK + 0x160, 1);
    raw.putShort(SUPERBLOCK + 0xfe, (short) (style.isWide() ? 64 : 0));
    raw.put(SUPERBLOCK + 0x175, (byte) 1).putInt(SUPERBLOCK + 0x270, 0x12345678);
    raw.putShort(SUPERBLOCK + 0x27c, (short) 1);
    raw.putInt(SUPERBLOCK + 0x280, style == Style.ORPHANS ? HOLDER : 0);
  }

  private int clusterBits() {
    return style == Style.CLUSTERS ? 2 : 0;
  }

  private void files() {
    directory(2, 0, 1);
    int at = names(0, 2, 2);
    at = name(at, FILE, 1, "file");
    at = name(at, DIRECTORY, 2, "dir");
    at = name(at, LINK, 7, "link");
    lastName(at, HOLDER, 1, "holder");
    file(FILE, READABLE_BY_ALL, 3000, 1, 4);
    directory(DIRECTORY, 5, 1);
    lastName(names(5, DIRECTORY, 2), FILE, 1, "again");
    int link = slot(LINK);
    raw.putShort(link, (short) (0xa000 | 0777)).putShort(link + 0x1a, (short) 1);
    raw.putInt(link + 4, 4);
    put(link + 0x28, "file".getBytes(UTF_8));
    file(HOLDER, READABLE_BY_ALL, 100, 6, 1);
  }

  /** Makes it one that was in use, with a journal of that many blocks, from the i-th one on. */
  public TinyVolume journaled(int i, int blocks) {
    file(JOURNAL, 0x8180, (long) blocks * style.blockBytes, i, blocks);
    if (!style.hasExtents()) {
      raw.putInt(slot(JOURNAL) + 0x28 + 48, data(i - 1));
      for (int block = 12; block < blocks; block++) {
        raw.putInt(dataAt(i - 1) + 4 * (block - 12), data(i + block));
      }
    }
    raw.putInt(SUPERBLOCK + 0x5c, style.compat | 0x4);
    raw.putInt(SUPERBLOCK + 0x60, style.incompat | 0x4).putInt(SUPERBLOCK + 0xe0, JOURNAL);
    return sealed();
  }

  /** Splits the blocks into groups of that many, so that there are copies of the descriptors. */
  public TinyVolume inGroupsOf(int blocks) {
    blocksPerGroup = blocks;
    raw.putInt(SUPERBLOCK + 0x20, blocks << clusterBits()).putInt(SUPERBLOCK + 0x24, blocks);
    raw.putInt(SUPERBLOCK, inodes * groups());
    for (int group = 1; group < groups(); group++) {
      descriptor(group);
    }
    return this;
  }

  private void descriptor(int group) {
    int at = descriptorAt(group);
    raw.putInt(at, firstBlock + 2).putInt(at + 4, firstBlock + 3).putInt(at + 8, table);
  }

  int descriptorAt(int group) {
    return (firstBlock + 1) * style.blockBytes + group * descriptorBytes();
  }

  int descriptorBytes() {
    return style.isWide() ? 64 : 32;
  }

  int groups() {
    int perGroup = blocksPerGroup << clusterBits();
    return (blocks() - firstBlock + perGroup - 1) / perGroup;
  }

  int blocks() {
    return raw.capacity() / style.blockBytes;
  }

  private void bitmap(int block, int used) {
    int at = block * style.blockBytes;
    for (int bit = 0; bit < style.blockBytes * 8; bit++) {
      if (bit < used) {
        raw.put(at + bit / 8, (byte) (raw.get(at + bit / 8) | 1 << bit % 8));
      }
    }
  }

  /** The number of the i-th block behind the metadata. */
  int data(int i) {
    return firstData + i;
  }

  /** Where that block lies in the image. */
  int dataAt(int i) {
    return data(i) * style.blockBytes;
  }

  /** Where an inode lies in the image. */
  int slot(int inode) {
    return table * style.blockBytes + (inode - 1) * style.inodeBytes;
  }

  /** A file in blocks that follow one another, from the i-th one on. */
  void file(int inode, int mode, long size, int i, int count) {
    int at = slot(inode);
    raw.putShort(at, (short) mode)
        .putInt(at + 4, (int) size)
        .putInt(at + 0x6c, (int) (size >>> 32));
    raw.putShort(at + 0x1a, (short) 1).putInt(at + 0x1c, count * style.blockBytes / 512);
    for (int time = 0x8; time <= 0x10; time += 4) {
      raw.putInt(at + time, 1_600_000_000 + time);
    }
    if (style.inodeBytes > 128) {
      raw.putShort(at + 0x80, (short) 32).putInt(at + 0x90, 1_600_000_000);
    }
    if (style.hasExtents()) {
      raw.putInt(at + 0x20, EXTENTS);
      raw.putShort(at + 0x28, (short) 0xf30a).putShort(at + 0x2a, (short) 1);
      raw.putShort(at + 0x2c, (short) 4).putShort(at + 0x2e, (short) 0);
      raw.putInt(at + 0x34, 0).putShort(at + 0x38, (short) count).putInt(at + 0x3c, data(i));
    } else {
      for (int block = 0; block < count && block < 12; block++) {
        raw.putInt(at + 0x28 + 4 * block, data(i + block));
      }
    }
  }

  void directory(int inode, int i, int count) {
    file(inode, 0x4000 | 0755, (long) count * style.blockBytes, i, count);
    raw.putShort(slot(inode) + 0x1a, (short) 2);
  }

  void flag(int inode, int flags) {
    int at = slot(inode) + 0x20;
    raw.putInt(at, raw.getInt(at) | flags);
  }

  private int names(int i, int self, int parent) {
    return name(name(dataAt(i), self, 2, "."), parent, 2, "..");
  }

  private int name(int at, int inode, int type, String name) {
    int length = (8 + name.length() + 3) / 4 * 4;
    entry(at, inode, length, type, name);
    return at + length;
  }

  private void lastName(int at, int inode, int type, String name) {
    int blockEnd = (at / style.blockBytes + 1) * style.blockBytes;
    entry(at, inode, blockEnd - (style.isSummed() ? 12 : 0) - at, type, name);
    if (style.isSummed()) {
      raw.putShort(blockEnd - 8, (short) 12).put(blockEnd - 5, (byte) 0xde);
    }
  }

  private void entry(int at, int inode, int length, int type, String name) {
    raw.putInt(at, inode).putShort(at + 4, (short) (length == 65536 ? 0 : length));
    raw.put(at + 6, (byte) name.length()).put(at + 7, (byte) (style.incompat % 4 > 1 ? type : 0));
    put(at + 8, name.getBytes(UTF_8));
  }

  /** Puts bytes somewhere, as many as fit into the image. */
  void put(int at, byte[] bytes) {
    raw.put(at, bytes, 0, Math.max(0, Math.min(bytes.length, raw.capacity() - at)));
  }

  /** The same, but no more than fit before {@code end}. */
  void put(int at, byte[] bytes, int end) {
    put(at, Arrays.copyOf(bytes, Math.max(0, Math.min(bytes.length, end - at))));
  }

  /** Makes the checksums of all fixed structures fit. */
  public TinyVolume sealed() {
    Seals seals = new Seals(raw.array(), style);
    for (int inode = 1; inode <= inodes; inode++) {
      seals.inode(slot(inode), inode);
    }
    seals.leaf(dataAt(0), 2, slot(2));
    seals.leaf(dataAt(5), DIRECTORY, slot(DIRECTORY));
    for (int group = 0; group < groups() && group < 32; group++) {
      seals.bitmaps(descriptorAt(group), firstBlock + 2, inodes);
      seals.descriptor(descriptorAt(group), group);
    }
    seals.superblock();
    return this;
  }

  public byte[] bytes() {
    return raw.array();
  }

  ArraySource source() {
    return new ArraySource(raw.array(), Origin.of("tiny"));
  }
}
