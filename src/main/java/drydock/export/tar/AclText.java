package drydock.export.tar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * An ACL as text, as the attributes {@code system.posix_acl_*} hold it (kernel {@code
 * include/uapi/linux/posix_acl_xattr.h}): a version, then entries of a tag, permissions and an id.
 */
final class AclText {
  private static final int VERSION = 2;
  private static final int HEADER_BYTES = 4;
  private static final int ENTRY_BYTES = 8;

  private AclText() {}

  /** {@code user::rw-,user:1000:r--,...}; empty for bytes that are no such thing. */
  static Optional<String> of(byte[] value) {
    int entries = (value.length - HEADER_BYTES) / ENTRY_BYTES;
    if (entries < 1 || value.length != HEADER_BYTES + entries * ENTRY_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != VERSION) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    while (in.hasRemaining()) {
      String who = who(in.getShort());
      int permissions = in.getShort();
      String id = Integer.toUnsignedString(in.getInt());
      if (who.isEmpty()) {
        return Optional.empty();
      }
      text.append(text.isEmpty() ? "" : ",").append(who.replace("#", id));
      text.append((permissions & 4) != 0 ? 'r' : '-');
      text.append((permissions & 2) != 0 ? 'w' : '-');
      text.append((permissions & 1) != 0 ? 'x' : '-');
    }
    return Optional.of(text.toString());
  }

  private static String who(int tag) {
    return switch (tag) {
      case 0x01 -> "user::";
      case 0x02 -> "user:#:";
      case 0x04 -> "group::";
      case 0x08 -> "group:#:";
      case 0x10 -> "mask::";
      case 0x20 -> "other::";
      default -> "";
    };
  }
}
