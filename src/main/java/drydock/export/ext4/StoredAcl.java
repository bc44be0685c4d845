package drydock.export.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * An access control list in ext4's own form, which leaves out the ids that say nothing (kernel
 * {@code fs/ext4/acl.h}; {@code include/uapi/linux/posix_acl_xattr.h}).
 */
final class StoredAcl {
  private static final int STORED_VERSION = 1;
  private static final int SHOWN_VERSION = 2;
  private static final int SHOWN_ENTRY_BYTES = 8;
  private static final int USER = 0x2;
  private static final int GROUP = 0x8;
  private static final int OTHERS = 0x1 | 0x4 | 0x10 | 0x20;
  private static final int NO_ID = -1;

  private StoredAcl() {}

  /** The form of what {@code getxattr} shows; empty when that is none, or would lose something. */
  static Optional<byte[]> of(byte[] shown) {
    if (shown.length < 4
        || i32(shown, 0) != SHOWN_VERSION
        || (shown.length - 4) % SHOWN_ENTRY_BYTES != 0) {
      return Optional.empty();
    }
    ByteBuffer out = ByteBuffer.allocate(shown.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(STORED_VERSION);
    for (int at = 4; at < shown.length; at += SHOWN_ENTRY_BYTES) {
      int tag = u16(shown, at);
      int id = i32(shown, at + 4);
      out.put(shown, at, 4);
      if (tag == USER || tag == GROUP) {
        out.putInt(id);
      } else if (Integer.bitCount(tag) != 1 || (tag & OTHERS) == 0 || id != NO_ID) {
        return Optional.empty();
      }
    }
    return Optional.of(Arrays.copyOf(out.array(), out.position()));
  }
}
