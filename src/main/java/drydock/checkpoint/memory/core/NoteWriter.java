package drydock.checkpoint.memory.core;

import java.nio.charset.StandardCharsets;

/** Lays out the notes of a process. */
final class NoteWriter {
  private static final int NAME = 16;
  private static final int ARGUMENTS = 80;
  private static final int TIMES = 8;
  private static final int NOTE_ALIGN = 4;

  private final CoreProcess process;
  private final boolean wide;
  private final Words out = new Words(true);

  private NoteWriter(CoreProcess process) {
    this.process = process;
    this.wide = process.machine().isWide();
  }

  static byte[] notes(CoreProcess process) {
    NoteWriter writer = new NoteWriter(process);
    boolean first = true;
    for (CoreThread thread : process.threads()) {
      writer.note(Note.core(Note.PRSTATUS, writer.status(thread)));
      if (first) {
        writer.note(Note.core(Note.PRPSINFO, writer.processInfo()));
        writer.note(Note.core(Note.AUXV, writer.auxiliary()));
        if (!process.files().isEmpty()) {
          writer.note(Note.core(Note.FILE, writer.files()));
        }
      }
      thread.more().forEach(writer::note);
      first = false;
    }
    return writer.out.toBytes();
  }

  private void note(Note note) {
    byte[] owner = (note.owner() + "\0").getBytes(StandardCharsets.US_ASCII);
    out.u32(owner.length).u32(note.bytes().length).u32(note.type());
    out.bytes(owner).align(NOTE_ALIGN).bytes(note.bytes()).align(NOTE_ALIGN);
  }

  /** {@code struct elf_prstatus}; nothing is known of times. */
  private byte[] status(CoreThread thread) {
    Words words = new Words(wide);
    words.zeros(3 * Integer.BYTES).u16(0).align(wide ? Long.BYTES : Integer.BYTES);
    words.word(thread.pending()).word(thread.blocked());
    words.u32(thread.tid()).u32(process.parent()).u32(process.group()).u32(process.session());
    for (int i = 0; i < TIMES; i++) {
      words.word(0);
    }
    boolean hasFloating = !thread.more().isEmpty();
    words.bytes(thread.registers()).u32(hasFloating ? 1 : 0);
    return words.align(wide ? Long.BYTES : Integer.BYTES).toBytes();
  }

  /** {@code struct elf_prpsinfo}. */
  private byte[] processInfo() {
    Words words = new Words(wide);
    words.u8("RSDTZW".indexOf(process.state())).u8(process.state());
    words.u8(process.state() == 'Z' ? 1 : 0).u8(process.nice());
    words.align(wide ? Long.BYTES : Integer.BYTES).word(0);
    if (wide) {
      words.u32(process.uid()).u32(process.gid());
    } else {
      words.u16((int) process.uid()).u16((int) process.gid());
    }
    words.u32(process.pid()).u32(process.parent()).u32(process.group()).u32(process.session());
    byte[] arguments = process.arguments().clone();
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i] == 0 ? (byte) ' ' : arguments[i];
    }
    return words.text(process.name(), NAME).text(arguments, ARGUMENTS).toBytes();
  }

  private byte[] auxiliary() {
    Words words = new Words(wide);
    process.auxiliary().forEach(words::word);
    return words.words(0, 0).toBytes();
  }

  private byte[] files() {
    Words words = new Words(wide);
    words.word(process.files().size()).word(process.pageSize());
    for (CoreProcess.FileRange file : process.files()) {
      words.word(file.start()).word(file.end()).word(file.offset() / process.pageSize());
    }
    for (CoreProcess.FileRange file : process.files()) {
      words.bytes(file.path()).u8(0);
    }
    return words.toBytes();
  }
}
