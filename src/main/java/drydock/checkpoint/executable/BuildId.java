package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the linker called an ELF file, which no other build of it is called: the note {@code
 * NT_GNU_BUILD_ID}.
 *
 * <p>Source: elf(5); binutils, include/elf/common.h.
 */
final class BuildId {
  private static final int TYPE = 3;
  private static final int HEAD = 12;
  private static final int WORD = 4;
  private static final byte[] OWNER = {'G', 'N', 'U', 0};

  /** Notes are of some hundred bytes; those of a kernel of some more. */
  private static final int MAX_NOTES = 64 << 10;

  private BuildId() {}

  /**
   * As hexadecimal digits, in whole words of four bytes as CRIU keeps it; null when it has none.
   */
  static @Nullable String of(ByteSource file) throws IOException {
    ElfTable.Source source = (offset, length) -> Carving.window(file, offset, length);
    ElfTable table = ElfTable.read(source);
    if (table == null) {
      return null;
    }
    byte[] start = file.bytes(0, 6);
    ByteOrder order =
        start[5] == ElfTable.BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    for (LoadSegment each : table.notes()) {
      byte[] notes =
          each.size() > MAX_NOTES ? null : source.bytes(each.offset(), (int) each.size());
      String found = notes == null ? null : in(ByteBuffer.wrap(notes).order(order));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String in(ByteBuffer notes) {
    int at = 0;
    while (at <= notes.limit() - HEAD) {
      long name = Integer.toUnsignedLong(notes.getInt(at));
      long size = Integer.toUnsignedLong(notes.getInt(at + WORD));
      long content = at + HEAD + whole(name);
      long end = content + whole(size);
      if (content + size > notes.limit()) {
        return null;
      }
      byte[] all = notes.array();
      boolean isOurs =
          notes.getInt(at + 2 * WORD) == TYPE
              && name == OWNER.length
              && Arrays.equals(all, at + HEAD, at + HEAD + OWNER.length, OWNER, 0, OWNER.length);
      if (isOurs) {
        byte[] id = Arrays.copyOfRange(all, (int) content, (int) (content + size));
        return HexFormat.of().formatHex(Arrays.copyOf(id, (int) whole(size)));
      }
      at = (int) end;
    }
    return null;
  }

  private static long whole(long bytes) {
    return (bytes + WORD - 1) / WORD * WORD;
  }
}
