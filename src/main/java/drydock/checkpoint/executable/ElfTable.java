package drydock.checkpoint.executable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an ELF file say of its segments: 32 and 64 bits, either byte order.
 * Immutable.
 *
 * @param entry the address where it begins
 * @param segments PT_LOAD, of sound sizes only, in the order of the table
 * @param notes PT_NOTE, likewise
 * @param unsound how many were not
 */
record ElfTable(long entry, List<LoadSegment> segments, List<LoadSegment> notes, int unsound) {
  private static final int MAGIC = 0x7f454c46;
  private static final int HEADER = 64;
  private static final int SMALL_HEADER = 52;
  private static final int WIDE = 2;
  static final int BIG_ENDIAN = 2;
  private static final int TOO_MANY = 0xffff;
  private static final int LOAD = 1;
  private static final int NOTE = 4;
  private static final int EXECUTE = 1;
  private static final int ENTRY = 56;
  private static final int SMALL_ENTRY = 32;

  /** Gives the bytes of the file at an offset; null when not all of them are known. */
  @FunctionalInterface
  interface Source {
    byte @Nullable [] bytes(long offset, int length) throws IOException;
  }

  /** Reads the table; null when it is not known, or there is none. */
  static @Nullable ElfTable read(Source source) throws IOException {
    byte[] start = source.bytes(0, SMALL_HEADER);
    if (start == null || ByteBuffer.wrap(start).getInt(0) != MAGIC) {
      return null;
    }
    boolean wide = start[4] == WIDE;
    byte[] raw = wide ? source.bytes(0, HEADER) : start;
    if (raw == null) {
      return null;
    }
    ByteOrder order = start[5] == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer header = ByteBuffer.wrap(raw).order(order);
    long entry = word(header, 24, wide);
    long table = word(header, wide ? 32 : 28, wide);
    int size = header.getShort(wide ? 54 : 42) & 0xffff;
    int count = header.getShort(wide ? 56 : 44) & 0xffff;
    if (size < (wide ? ENTRY : SMALL_ENTRY) || count == 0 || count == TOO_MANY || table < 0) {
      return null;
    }
    byte[] entries = source.bytes(table, size * count);
    return entries == null
        ? null
        : segments(entry, ByteBuffer.wrap(entries).order(order), size, count, wide);
  }

  private static ElfTable segments(
      long entry, ByteBuffer table, int size, int count, boolean wide) {
    List<LoadSegment> segments = new ArrayList<>();
    List<LoadSegment> notes = new ArrayList<>();
    int unsound = 0;
    for (int at = 0; at < size * count; at += size) {
      int type = table.getInt(at);
      if (type != LOAD && type != NOTE) {
        continue;
      }
      long offset = word(table, at + (wide ? 8 : 4), wide);
      long address = word(table, at + (wide ? 16 : 8), wide);
      long length = word(table, at + (wide ? 32 : 16), wide);
      boolean isCode = (table.getInt(at + (wide ? 4 : 24)) & EXECUTE) != 0;
      if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
        unsound += type == LOAD ? 1 : 0;
      } else if (length > 0) {
        (type == LOAD ? segments : notes).add(new LoadSegment(offset, length, address, isCode));
      }
    }
    return new ElfTable(entry, segments, notes, unsound);
  }

  private static long word(ByteBuffer raw, int at, boolean wide) {
    return wide ? raw.getLong(at) : Integer.toUnsignedLong(raw.getInt(at));
  }
}
