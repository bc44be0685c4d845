package drydock.checkpoint.memory.core;

import java.util.List;

/**
 * What stands before the memory in a core file: the ELF header, the program headers and the notes,
 * filled up to a whole page. The memory of the stored segments follows in their order.
 */
public final class ElfHeaders {
  private static final int CORE = 4;
  private static final int LOAD = 1;
  private static final int NOTE = 4;

  /** More program headers than this are counted in a section header. */
  private static final int MANY = 0xffff;

  private final CoreProcess process;
  private final List<Segment> segments;
  private final boolean wide;
  private final byte[] notes;

  private ElfHeaders(CoreProcess process, List<Segment> segments) {
    this.process = process;
    this.segments = segments;
    this.wide = process.machine().isWide();
    this.notes = NoteWriter.notes(process);
  }

  public static byte[] of(CoreProcess process, List<Segment> segments) {
    return new ElfHeaders(process, segments).bytes();
  }

  private byte[] bytes() {
    int count = segments.size() + 1;
    int header = wide ? 64 : 52;
    int entry = wide ? 56 : 32;
    int section = wide ? 64 : 40;
    boolean many = count >= MANY;
    long sections = header + (long) entry * count;
    long noteAt = sections + (many ? section : 0);
    long end = noteAt + notes.length;
    int page = process.pageSize();
    long memory = (end + page - 1) / page * page;

    Words out = new Words(wide);
    identification(out);
    out.u16(CORE).u16(process.machine().number()).u32(1);
    out.word(0).word(header).word(many ? sections : 0).u32(0);
    out.u16(header).u16(entry).u16(many ? MANY : count);
    out.u16(many ? section : 0).u16(many ? 1 : 0).u16(0);
    programHeader(out, NOTE, 0, noteAt, 0, notes.length, 0, Integer.BYTES);
    long at = memory;
    for (Segment segment : segments) {
      long stored = segment.stored() ? segment.size() : 0;
      programHeader(out, LOAD, flags(segment), at, segment.address(), stored, segment.size(), page);
      at += stored;
    }
    if (many) {
      // section 0: its sh_info is the number of program headers
      out.u32(0).u32(0).words(0, 0, 0, 0).u32(0).u32(count).words(0, 0);
    }
    return out.bytes(notes).zeros((int) (memory - end)).toBytes();
  }

  private void identification(Words out) {
    out.u8(0x7f).u8('E').u8('L').u8('F').u8(wide ? 2 : 1).u8(1).u8(1).zeros(9);
  }

  private static int flags(Segment segment) {
    return (segment.executable() ? 1 : 0)
        | (segment.writable() ? 2 : 0)
        | (segment.readable() ? 4 : 0);
  }

  private void programHeader(
      Words out,
      int type,
      int flags,
      long offset,
      long address,
      long stored,
      long size,
      int align) {
    out.u32(type);
    if (wide) {
      out.u32(flags).words(offset, address, 0, stored, size, align);
    } else {
      out.words(offset, address, 0, stored, size).u32(flags).word(align);
    }
  }
}
