package drydock.partition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of MBR partition types that a Linux node may have; numbers as {@code fdisk} shows them. */
final class MbrTypes {
  static final int EMPTY = 0;
  static final int PROTECTIVE = 0xee;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0x01, "FAT12"),
          Map.entry(0x04, "FAT16 (small)"),
          Map.entry(0x05, "extended"),
          Map.entry(0x06, "FAT16"),
          Map.entry(0x07, "NTFS or exFAT"),
          Map.entry(0x0b, "FAT32"),
          Map.entry(0x0c, "FAT32 (LBA)"),
          Map.entry(0x0e, "FAT16 (LBA)"),
          Map.entry(0x0f, "extended (LBA)"),
          Map.entry(0x11, "hidden FAT12"),
          Map.entry(0x27, "Windows recovery"),
          Map.entry(0x41, "PReP boot"),
          Map.entry(0x82, "Linux swap"),
          Map.entry(0x83, "Linux"),
          Map.entry(0x85, "Linux extended"),
          Map.entry(0x88, "Linux plain text"),
          Map.entry(0x8e, "Linux LVM"),
          Map.entry(0xa5, "FreeBSD"),
          Map.entry(0xa6, "OpenBSD"),
          Map.entry(0xaf, "HFS"),
          Map.entry(0xbf, "Solaris"),
          Map.entry(0xda, "data without a file system"),
          Map.entry(0xe8, "Linux LUKS"),
          Map.entry(0xea, "Linux extended boot"),
          Map.entry(0xee, "GPT"),
          Map.entry(0xef, "EFI system"),
          Map.entry(0xfb, "VMware VMFS"),
          Map.entry(0xfd, "Linux RAID"));

  private MbrTypes() {}

  /** The type in words; null when it is not a known one. */
  static @Nullable String name(int type) {
    return NAMES.get(type);
  }

  static boolean isExtended(int type) {
    return type == 0x05 || type == 0x0f || type == 0x85;
  }
}
