package drydock.verify;

import drydock.bytes.LittleEndian;
import drydock.fs.Name;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel makes of an access list, in the form of an attribute's value: a version and
 * entries of eight bytes (tag, permissions, id). Pure.
 *
 * <p>Sources: kernel {@code include/uapi/linux/posix_acl_xattr.h}; {@code fs/posix_acl.c},
 * __posix_acl_chmod_masq and posix_acl_equiv_mode.
 */
final class PosixAcl {
  static final Name ACCESS = Name.of("system.posix_acl_access");

  /** What new files in a directory begin with. */
  static final Name DEFAULT = Name.of("system.posix_acl_default");

  private static final int HEADER_BYTES = 4;
  private static final int ENTRY_BYTES = 8;
  private static final int OWNER = 1;
  private static final int GROUP = 4;
  private static final int MASK = 0x10;
  private static final int OTHER = 0x20;
  private static final int PERMISSIONS = 2;
  private static final int ID = 4;
  private static final int PERMISSION_BITS = 7;

  private PosixAcl() {}

  /**
   * The list of a file whose mode was set; null where it says no more than the mode, for then the
   * kernel keeps none. What is no list stays as it is.
   */
  static byte @Nullable [] withMode(byte[] list, int mode) {
    if (list.length < HEADER_BYTES || list.length % ENTRY_BYTES != HEADER_BYTES) {
      return list;
    }
    byte[] changed = list.clone();
    boolean masked = hasMask(list);
    boolean isMode = true;
    for (int at = HEADER_BYTES; at < list.length; at += ENTRY_BYTES) {
      int tag = LittleEndian.u16(list, at);
      switch (tag) {
        case OWNER -> set(changed, at, mode >> 6);
        case OTHER -> set(changed, at, mode);
        case MASK -> set(changed, at, mode >> 3);
        case GROUP -> set(changed, at, masked ? list[at + PERMISSIONS] : mode >> 3);
        default -> isMode = false;
      }
      isMode &= tag != MASK;
    }
    return isMode ? null : changed;
  }

  private static boolean hasMask(byte[] list) {
    for (int at = HEADER_BYTES; at < list.length; at += ENTRY_BYTES) {
      if (LittleEndian.u16(list, at) == MASK) {
        return true;
      }
    }
    return false;
  }

  /** Entries that name nobody have no id. */
  private static void set(byte[] list, int at, int permissions) {
    list[at + PERMISSIONS] = (byte) (permissions & PERMISSION_BITS);
    for (int i = ID; i < ENTRY_BYTES; i++) {
      list[at + i] = (byte) 0xff;
    }
  }
}
