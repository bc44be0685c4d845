package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Access control lists: ext4 leaves out the ids that say nothing, {@code getxattr} shows every
 * entry with one (kernel {@code fs/ext4/acl.h}; {@code include/uapi/linux/posix_acl_xattr.h}).
 */
final class PosixAcl {
  private static final int STORED_VERSION = 1;
  private static final int SHOWN_VERSION = 2;
  private static final int USER = 0x2;
  private static final int GROUP = 0x8;
  private static final int NO_ID = -1;

  private PosixAcl() {}

  /** The list as the kernel would hand it out; empty when what is stored is none. */
  static Optional<byte[]> shown(byte[] stored) {
    if (stored.length < 4 || i32(stored, 0) != STORED_VERSION) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    putInt(out, SHOWN_VERSION);
    int at = 4;
    while (at < stored.length) {
      if (at + 4 > stored.length) {
        return Optional.empty();
      }
      int tag = u16(stored, at);
      boolean hasId = tag == USER || tag == GROUP;
      if (hasId && at + 8 > stored.length) {
        return Optional.empty();
      }
      out.write(stored, at, 4);
      putInt(out, hasId ? i32(stored, at + 4) : NO_ID);
      at += hasId ? 8 : 4;
    }
    return Optional.of(out.toByteArray());
  }

  private static void putInt(ByteArrayOutputStream out, int value) {
    byte[] raw = new byte[4];
    Checksums.putInt(raw, 0, value);
    out.writeBytes(raw);
  }
}
