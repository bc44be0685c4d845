package drydock.fs.ext4;

import drydock.fs.NameText;
import drydock.ksy.Ext4Superblock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a superblock says that reading the tree does not need: who made it, how it is to be mounted
 * and checked, where its hidden files are (kernel {@code fs/ext4/ext4.h}, {@code struct
 * ext4_super_block}; {@code Documentation/filesystems/ext4/super.rst}).
 *
 * @param creator 0 Linux, 1 Hurd, 2 Masix, 3 FreeBSD, 4 Lites
 * @param onErrors 1 go on, 2 read only from then, 3 panic
 * @param checkInterval in seconds
 * @param defaultMountOptions bits, {@code EXT4_DEFM_*}
 * @param mountOptions as text
 * @param flags bits: 1 signed hashes, 2 unsigned ones, 4 for tests only
 * @param raidStride blocks
 * @param raidStripeWidth blocks
 * @param lostAndFound inode of {@code /lost+found}, when it is noted
 * @param compression bits of the algorithms of e2compr
 * @param encryption level, and the algorithms that files may use
 * @param passwordSalt 16 bytes
 * @param encoding of names in casefolded directories: 1 is UTF-8 12.1
 * @param encodingFlags 1: names that are not valid are refused
 * @param userQuota inode with what users have; 0 when there is none
 * @param groupQuota likewise of groups
 * @param projectQuota likewise of projects
 * @param guardBlock the block against mounting twice
 * @param guardInterval in seconds
 */
public record Bookkeeping(
    long creator,
    int minorRevision,
    long reservedBlocks,
    long reservedUid,
    long reservedGid,
    int onErrors,
    int maxMounts,
    long checkInterval,
    long defaultMountOptions,
    String mountOptions,
    long flags,
    int raidStride,
    long raidStripeWidth,
    long overheadClusters,
    long lostAndFound,
    int minExtraBytes,
    int wantedExtraBytes,
    long compression,
    int preallocatedBlocks,
    int preallocatedDirectoryBlocks,
    int encryptionLevel,
    String encryption,
    String passwordSalt,
    int encoding,
    int encodingFlags,
    long userQuota,
    long groupQuota,
    long projectQuota,
    long guardBlock,
    int guardInterval,
    Snapshot snapshot,
    Mishap firstError,
    Mishap lastError) {
  private static final String[] SYSTEMS = {"Linux", "Hurd", "Masix", "FreeBSD", "Lites"};
  private static final long LINUX = 0;
  private static final long HURD = 1;

  /** The active snapshot, of a feature that never came into the kernel. */
  public record Snapshot(long inode, long id, long reservedBlocks, long list) {}

  /**
   * Where the kernel met an error.
   *
   * @param code the kernel's own numbers: 1 unknown, 2 EIO, 3 ENOMEM, 4 EFSBADCRC, 5 EFSCORRUPTED
   *     ...
   */
  public record Mishap(long inode, long block, long line, int code) {}

  static Bookkeeping of(Ext4Superblock s) {
    return new Bookkeeping(
        s.sCreatorOs(),
        s.sMinorRevLevel(),
        s.sRBlocksCountLo() | s.sRBlocksCountHi() << 32,
        s.sDefResuid() | (long) s.sDefResuidHi() << 16,
        s.sDefResgid() | (long) s.sDefResgidHi() << 16,
        s.sErrors(),
        (short) s.sMaxMntCount(),
        s.sCheckinterval(),
        s.sDefaultMountOpts(),
        text(s.sMountOpts()),
        s.sFlags(),
        s.sRaidStride(),
        s.sRaidStripeWidth(),
        s.sOverheadClusters(),
        s.sLpfIno(),
        s.sMinExtraIsize(),
        s.sWantExtraIsize(),
        s.sAlgorithmUsageBitmap(),
        s.sPreallocBlocks(),
        s.sPreallocDirBlocks(),
        s.sEncryptionLevel(),
        HexFormat.of().formatHex(s.sEncryptAlgos()),
        HexFormat.of().formatHex(s.sEncryptPwSalt()),
        s.sEncoding(),
        s.sEncodingFlags(),
        s.sUsrQuotaInum(),
        s.sGrpQuotaInum(),
        s.sPrjQuotaInum(),
        s.sMmpBlock(),
        s.sMmpInterval(),
        new Snapshot(
            s.sSnapshotInum(), s.sSnapshotId(), s.sSnapshotRBlocksCount(), s.sSnapshotList()),
        new Mishap(
            s.sFirstErrorIno(), s.sFirstErrorBlock(), s.sFirstErrorLine(), s.sFirstErrorErrcode()),
        new Mishap(
            s.sLastErrorIno(), s.sLastErrorBlock(), s.sLastErrorLine(), s.sLastErrorErrcode()));
  }

  /** Whether inodes have Linux's fields where systems differ. */
  boolean isLinux() {
    return creator == LINUX;
  }

  boolean isHurd() {
    return creator == HURD;
  }

  /** The system that made it: {@code "Linux"}. */
  public String creatorName() {
    return creator < SYSTEMS.length ? SYSTEMS[(int) creator] : "unknown (" + creator + ")";
  }

  /** Every field by its name, in the order of the record. */
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("creator", creatorName());
    details.put("minor_revision", Integer.toString(minorRevision));
    details.put("reserved_blocks", Long.toUnsignedString(reservedBlocks));
    details.put("reserved_uid", Long.toString(reservedUid));
    details.put("reserved_gid", Long.toString(reservedGid));
    details.put("on_errors", onErrorsText());
    details.put("max_mounts", Integer.toString(maxMounts));
    details.put("check_interval", Long.toString(checkInterval));
    details.put("default_mount_options", hex(defaultMountOptions));
    details.put("mount_options", mountOptions);
    details.put("flags", hex(flags));
    details.put("raid_stride", Integer.toString(raidStride));
    details.put("raid_stripe_width", Long.toString(raidStripeWidth));
    details.put("overhead_clusters", Long.toString(overheadClusters));
    details.put("lost_found_inode", Long.toString(lostAndFound));
    details.put("min_extra_bytes", Integer.toString(minExtraBytes));
    details.put("wanted_extra_bytes", Integer.toString(wantedExtraBytes));
    details.put("preallocated_blocks", Integer.toString(preallocatedBlocks));
    details.put("preallocated_directory_blocks", Integer.toString(preallocatedDirectoryBlocks));
    details.put("compression", hex(compression));
    details.put("encryption_level", Integer.toString(encryptionLevel));
    details.put("encryption_algorithms", encryption);
    details.put("encryption_salt", passwordSalt);
    details.put("encoding", encodingText());
    details.put("encoding_flags", hex(encodingFlags));
    details.put("user_quota_inode", Long.toString(userQuota));
    details.put("group_quota_inode", Long.toString(groupQuota));
    details.put("project_quota_inode", Long.toString(projectQuota));
    details.put("mmp_block", Long.toUnsignedString(guardBlock));
    details.put("mmp_interval", Integer.toString(guardInterval));
    details.put("snapshot", numbers(snapshot.inode, snapshot.id, snapshot.list));
    details.put("snapshot_reserved_blocks", Long.toUnsignedString(snapshot.reservedBlocks));
    details.put("first_error_at", mishap(firstError));
    details.put("last_error_at", mishap(lastError));
    return details;
  }

  /** The encoding of names in casefolded directories. */
  String encodingText() {
    return switch (encoding) {
      case 0 -> "none";
      case 1 -> "utf8-12.1" + ((encodingFlags & 1) != 0 ? " strict" : "");
      default -> "unknown (" + encoding + ")";
    };
  }

  private String onErrorsText() {
    return switch (onErrors) {
      case 1 -> "continue";
      case 2 -> "read only";
      case 3 -> "panic";
      default -> "unknown (" + onErrors + ")";
    };
  }

  private static String mishap(Mishap each) {
    return String.format(
        Locale.ROOT,
        "inode %d block %s line %d code %d",
        each.inode,
        Long.toUnsignedString(each.block),
        each.line,
        each.code);
  }

  private static String numbers(long inode, long id, long list) {
    return "inode " + inode + " id " + id + " list " + list;
  }

  private static String hex(long bits) {
    return "0x" + Long.toHexString(bits);
  }

  private static String text(byte[] field) {
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return NameText.of(Arrays.copyOf(field, length));
  }
}
