package drydock.fs.host;

import drydock.bytes.LittleEndian;
import drydock.fs.Name;
import drydock.fs.NodeType;
import java.util.List;

/**
 * What getdents64(2) fills in: entries of {@code u64 inode, i64 offset, u16 length, u8 type}, a
 * name and a zero byte.
 */
final class Dirents {
  private static final int HEADER = 19;
  private static final int FORMAT_SHIFT = 12;

  private Dirents() {}

  /** Adds the names of a block, of which {@code count} bytes are filled, to a list. */
  static void decode(byte[] block, int count, List<Host.Listed> into) {
    int at = 0;
    while (at + HEADER <= count) {
      int length = LittleEndian.u16(block, at + 16);
      if (length <= HEADER || length > count - at) {
        return;
      }
      int end = at + HEADER;
      while (end < at + length && block[end] != 0) {
        end++;
      }
      Name name = Name.of(block, at + HEADER, end - at - HEADER);
      if (!name.isDotOrDotDot()) {
        NodeType type = NodeType.ofMode(LittleEndian.u8(block, at + 18) << FORMAT_SHIFT);
        into.add(
            new Host.Listed(
                name, LittleEndian.i64(block, at), type == NodeType.UNKNOWN ? null : type));
      }
      at += length;
    }
  }
}
