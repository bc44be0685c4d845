package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.fs.NameText;
import drydock.ksy.Ext4Superblock;
import drydock.shape.Shape;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a superblock says, with its numbers checked against each other as the kernel does before it
 * mounts (kernel {@code fs/ext4/super.c}, {@code __ext4_fill_super}).
 *
 * @param inodes inode numbers go from 1 to this one
 * @param blocks block numbers go from 0 up to this one, exclusive
 * @param uuid 16 bytes
 * @param checksumSeed what metadata checksums start from
 * @param unsignedHash whether directory hashes take the bytes of names as unsigned
 * @param journalBackup the journal inode's i_block and size, 68 bytes; empty when not kept
 * @param backupGroups the two groups with copies of the superblock (sparse_super2)
 */
public record Superblock(
    Features features,
    int revision,
    long inodes,
    long blocks,
    long freeBlocks,
    long freeInodes,
    long firstDataBlock,
    int blockBytes,
    int clusterBytes,
    long blocksPerGroup,
    long inodesPerGroup,
    int inodeBytes,
    long firstInode,
    int descriptorBytes,
    long firstMetaGroup,
    int groupNumber,
    int state,
    @Nullable Instant created,
    @Nullable Instant mounted,
    @Nullable Instant written,
    @Nullable Instant checked,
    int mounts,
    byte[] uuid,
    byte[] label,
    byte[] lastMounted,
    long journalInode,
    long journalDevice,
    byte[] journalUuid,
    byte[] journalBackup,
    long lastOrphan,
    long orphanFile,
    int[] hashSeed,
    int defaultHash,
    boolean unsignedHash,
    long reservedDescriptorBlocks,
    long groupsPerFlex,
    List<Long> backupGroups,
    int checksumType,
    int checksumSeed,
    int checksum,
    long kibibytesWritten,
    Errors errors,
    Bookkeeping bookkeeping) {

  /** Where the primary one lies, in bytes from the start of the file system. */
  public static final int OFFSET = 1024;

  /** How long it is. */
  public static final int BYTES = 1024;

  /** Where the word of incompatible features lies in it. */
  static final int INCOMPATIBLE_AT = 0x60;

  static final int STATE_VALID = 0x1;
  static final int STATE_ERROR = 0x2;
  static final int STATE_ORPHANS = 0x4;

  /** Errors that the kernel met while the file system was mounted. */
  public record Errors(
      long count,
      @Nullable Instant first,
      String firstFunction,
      @Nullable Instant last,
      String lastFunction) {}

  private static final int UNSIGNED_HASH = 0x2;
  private static final int BACKUP_OF_JOURNAL_BLOCKS = 1;
  private static final int MIN_INODE_BYTES = 128;
  private static final int MIN_WIDE_DESCRIPTOR = 64;
  private static final int MAX_WIDE_DESCRIPTOR = 1024;
  private static final int CLASSIC_DESCRIPTOR = 32;

  static Superblock decode(byte[] raw, Origin origin) throws CorruptDataException {
    Ext4Superblock shape = Shape.decode(raw, origin, "ext4 superblock", Ext4Superblock::new);
    Superblock decoded = of(shape);
    decoded.check(origin, shape);
    return decoded;
  }

  private static Superblock of(Ext4Superblock s) {
    Features features =
        new Features(
            (int) s.sFeatureCompat(), (int) s.sFeatureIncompat(), (int) s.sFeatureRoCompat());
    boolean old = s.sRevLevel() == 0;
    boolean wide = features.has(Feature.SIXTY_FOUR_BIT);
    int blockBytes = 1024 << (int) s.sLogBlockSize();
    boolean bigalloc = features.has(Feature.BIGALLOC) && s.sLogClusterSize() <= 20;
    return new Superblock(
        features,
        (int) s.sRevLevel(),
        s.sInodesCount(),
        s.sBlocksCountLo() | (wide ? s.sBlocksCountHi() << 32 : 0),
        s.sFreeBlocksCountLo() | (wide ? s.sFreeBlocksCountHi() << 32 : 0),
        s.sFreeInodesCount(),
        s.sFirstDataBlock(),
        blockBytes,
        bigalloc ? 1024 << (int) s.sLogClusterSize() : blockBytes,
        s.sBlocksPerGroup(),
        s.sInodesPerGroup(),
        old ? MIN_INODE_BYTES : s.sInodeSize(),
        old ? 11 : s.sFirstIno(),
        wide ? s.sDescSize() : CLASSIC_DESCRIPTOR,
        s.sFirstMetaBg(),
        s.sBlockGroupNr(),
        s.sState(),
        time(s.sMkfsTime(), s.sMkfsTimeHi()),
        time(s.sMtime(), s.sMtimeHi()),
        time(s.sWtime(), s.sWtimeHi()),
        time(s.sLastcheck(), s.sLastcheckHi()),
        s.sMntCount(),
        s.sUuid(),
        untilNul(s.sVolumeName()),
        untilNul(s.sLastMounted()),
        s.sJournalInum(),
        s.sJournalDev(),
        s.sJournalUuid(),
        s.sJnlBackupType() == BACKUP_OF_JOURNAL_BLOCKS ? s.sJnlBlocks() : new byte[0],
        s.sLastOrphan(),
        s.sOrphanFileInum(),
        words(s.sHashSeed()),
        s.sDefHashVersion(),
        (s.sFlags() & UNSIGNED_HASH) != 0,
        s.sReservedGdtBlocks(),
        s.sLogGroupsPerFlex() < 32 ? 1L << s.sLogGroupsPerFlex() : 0,
        List.copyOf(s.sBackupBgs()),
        s.sChecksumType(),
        features.has(Feature.METADATA_CSUM_SEED)
            ? (int) s.sChecksumSeed()
            : Checksums.crc32c(-1, s.sUuid()),
        (int) s.sChecksum(),
        s.sKbytesWritten(),
        errors(s),
        Bookkeeping.of(s));
  }

  private static Errors errors(Ext4Superblock s) {
    return new Errors(
        s.sErrorCount(),
        time(s.sFirstErrorTime(), s.sFirstErrorTimeHi()),
        text(s.sFirstErrorFunc()),
        time(s.sLastErrorTime(), s.sLastErrorTimeHi()),
        text(s.sLastErrorFunc()));
  }

  private void check(Origin origin, Ext4Superblock shape) throws CorruptDataException {
    require(
        origin,
        0x58,
        inodeBytes >= MIN_INODE_BYTES
            && inodeBytes <= blockBytes
            && Integer.bitCount(inodeBytes) == 1,
        "inode size",
        inodeBytes);
    require(
        origin,
        0x1c,
        !features.has(Feature.BIGALLOC)
            || shape.sLogClusterSize() <= 20 && clusterBytes >= blockBytes,
        "cluster size",
        shape.sLogClusterSize());
    require(
        origin,
        0xfe,
        descriptorBytes == CLASSIC_DESCRIPTOR && !features.has(Feature.SIXTY_FOUR_BIT)
            || descriptorBytes >= MIN_WIDE_DESCRIPTOR
                && descriptorBytes <= MAX_WIDE_DESCRIPTOR
                && Integer.bitCount(descriptorBytes) == 1,
        "group descriptor size",
        descriptorBytes);
    require(
        origin,
        0x28,
        inodesPerGroup >= blockBytes / inodeBytes && inodesPerGroup <= blockBytes * 8L,
        "inodes per group",
        inodesPerGroup);
    long blocksPerCluster = clusterBytes / blockBytes;
    require(
        origin,
        0x20,
        blocksPerGroup > 0 && blocksPerGroup <= blockBytes * 8L * blocksPerCluster,
        "blocks per group",
        blocksPerGroup);
    require(
        origin,
        0x14,
        firstDataBlock == 0 || firstDataBlock == 1 && blockBytes == 1024,
        "first data block",
        firstDataBlock);
    require(
        origin,
        0x4,
        blocks > firstDataBlock && blocks <= Long.MAX_VALUE / blockBytes,
        "block count",
        blocks);
    require(origin, 0x0, inodes >= 1 && groups() <= 0xffff_ffffL, "inode count", inodes);
  }

  private static void require(Origin origin, long offset, boolean sound, String what, long found)
      throws CorruptDataException {
    if (!sound) {
      throw new CorruptDataException(
          origin,
          offset,
          "ext4 superblock: " + what + " that cannot be",
          Long.toUnsignedString(found),
          null);
    }
  }

  /** How many block groups there are. */
  public long groups() {
    return (blocks - firstDataBlock + blocksPerGroup - 1) / blocksPerGroup;
  }

  /** How many groups share the place of their records; one, unless groups are flexible. */
  long flexibleGroups() {
    return features.has(Feature.FLEX_BG) ? Math.max(1, groupsPerFlex) : 1;
  }

  /** How many blocks the inode table of a group takes. */
  long tableBlocks() {
    long bytes = inodesPerGroup * inodeBytes;
    return (bytes + blockBytes - 1) / blockBytes;
  }

  /** The highest inode number that has a place in a group's table. */
  long lastInode() {
    return Math.min(inodes, groups() * inodesPerGroup);
  }

  /** In bytes. */
  public long size() {
    return blocks * blockBytes;
  }

  long firstBlock(long group) {
    return firstDataBlock + group * blocksPerGroup;
  }

  /** Whether a group begins with a copy of the superblock. */
  boolean hasCopy(long group) {
    if (group == 0) {
      return true;
    }
    if (features.has(Feature.SPARSE_SUPER2)) {
      return backupGroups.contains(group);
    }
    if (group == 1 || !features.has(Feature.SPARSE_SUPER)) {
      return true;
    }
    return isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
  }

  /** The first groups with copies, without looking at all: billions may be stated. */
  LongStream copies(int most) {
    LongStream all = LongStream.range(1, groups());
    if (features.has(Feature.SPARSE_SUPER2)) {
      all = backupGroups.stream().mapToLong(Long::longValue).filter(group -> group > 0);
    } else if (features.has(Feature.SPARSE_SUPER)) {
      LongStream powers = LongStream.of(3, 5, 7).flatMap(this::powers);
      all = LongStream.concat(LongStream.of(1), powers).sorted();
    }
    return all.filter(group -> group < groups()).limit(most);
  }

  private LongStream powers(long base) {
    return LongStream.iterate(base, power -> power < groups(), power -> power * base);
  }

  private static boolean isPower(long number, int base) {
    long power = base;
    while (power < number) {
      power *= base;
    }
    return power == number;
  }

  /** The UUID as it is usually written. */
  public String uuidText() {
    return uuidText(uuid);
  }

  /** A UUID of 16 bytes as it is usually written. */
  static String uuidText(byte[] uuid) {
    StringBuilder text = new StringBuilder(HexFormat.of().formatHex(uuid));
    for (int dash : new int[] {20, 16, 12, 8}) {
      text.insert(dash, '-');
    }
    return text.toString();
  }

  private static @Nullable Instant time(long low, int high) {
    long seconds = low | (long) high << 32;
    return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
  }

  private static byte[] untilNul(byte[] field) {
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return Arrays.copyOf(field, length);
  }

  private static String text(byte[] field) {
    return NameText.of(untilNul(field));
  }

  private static int[] words(byte[] raw) {
    int[] words = new int[raw.length / 4];
    for (int i = 0; i < words.length; i++) {
      words[i] = LittleEndian.i32(raw, 4 * i);
    }
    return words;
  }
}
