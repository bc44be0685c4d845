package drydock.checkpoint.memory;

import drydock.checkpoint.memory.core.CoreThread;
import drydock.checkpoint.memory.core.Machine;
import drydock.checkpoint.memory.core.Note;
import drydock.checkpoint.memory.core.Words;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.ThreadInfoAarch64;
import drydock.proto.criu.UserAarch64FpsimdContextEntry;
import drydock.proto.criu.UserX86FpregsEntry;
import drydock.proto.criu.UserX86RegsEntry;
import drydock.proto.criu.UserX86RegsMode;
import drydock.proto.criu.UserX86XsaveEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays out the registers of a thread as the kernel gives them to a core file. */
final class Registers {
  private static final int ARM_REGISTERS = 31;
  private static final int ARM_VECTORS = 64;
  private static final int X87_WORDS = 32;
  private static final int XMM_WORDS = 64;
  private static final int LEGACY = 512;
  private static final int XCR0_AT = 464;
  private static final int YMM_WORDS = 64;

  private Registers() {}

  /** The processor that a thread ran on, in the mode it was in; empty when it is none of ours. */
  static Optional<Machine> machine(CoreEntry core) {
    if (core.hasThreadInfo()) {
      boolean compat = core.getThreadInfo().getGpregs().getMode() == UserX86RegsMode.COMPAT;
      return Optional.of(compat ? Machine.I386 : Machine.X86_64);
    }
    return core.hasTiAarch64() ? Optional.of(Machine.AARCH64) : Optional.empty();
  }

  /**
   * A thread of a process on that machine.
   *
   * @param pending signals that wait for it
   */
  static CoreThread thread(int tid, CoreEntry core, Machine machine, long pending) {
    long blocked =
        core.getThreadCore().hasBlkSigset()
            ? core.getThreadCore().getBlkSigset()
            : core.getTc().getBlkSigset();
    return switch (machine) {
      case X86_64, I386 -> x86(tid, core, machine, pending, blocked);
      case AARCH64 -> arm(tid, core.getTiAarch64(), pending, blocked);
    };
  }

  private static CoreThread x86(
      int tid, CoreEntry core, Machine machine, long pending, long blocked) {
    UserX86RegsEntry r = core.getThreadInfo().getGpregs();
    UserX86FpregsEntry f = core.getThreadInfo().getFpregs();
    List<Note> more = new ArrayList<>();
    byte[] legacy = legacy(f);
    boolean wide = machine.isWide();
    more.add(
        wide ? new Note("CORE", Note.FPREGSET, legacy) : new Note("LINUX", Note.PRXFPREG, legacy));
    if (f.hasXsave()) {
      extended(f, legacy).ifPresent(x -> more.add(new Note("LINUX", Note.X86_XSTATE, x)));
    }
    return new CoreThread(tid, pending, blocked, wide ? wide(r) : narrow(r), more);
  }

  private static byte[] wide(UserX86RegsEntry r) {
    return new Words(true)
        .words(r.getR15(), r.getR14(), r.getR13(), r.getR12(), r.getBp(), r.getBx())
        .words(r.getR11(), r.getR10(), r.getR9(), r.getR8(), r.getAx(), r.getCx())
        .words(r.getDx(), r.getSi(), r.getDi(), r.getOrigAx(), r.getIp(), r.getCs())
        .words(r.getFlags(), r.getSp(), r.getSs(), r.getFsBase(), r.getGsBase())
        .words(r.getDs(), r.getEs(), r.getFs(), r.getGs())
        .toBytes();
  }

  private static byte[] narrow(UserX86RegsEntry r) {
    return new Words(false)
        .words(r.getBx(), r.getCx(), r.getDx(), r.getSi(), r.getDi(), r.getBp(), r.getAx())
        .words(r.getDs(), r.getEs(), r.getFs(), r.getGs(), r.getOrigAx(), r.getIp())
        .words(r.getCs(), r.getFlags(), r.getSp(), r.getSs())
        .toBytes();
  }

  /** What FXSAVE stores: 512 bytes. */
  private static byte[] legacy(UserX86FpregsEntry f) {
    Words words = new Words(true);
    words.u16(f.getCwd()).u16(f.getSwd()).u16(f.getTwd()).u16(f.getFop());
    words.u64(f.getRip()).u64(f.getRdp()).u32(f.getMxcsr()).u32(f.getMxcsrMask());
    ints(words, f.getStSpaceList(), X87_WORDS);
    ints(words, f.getXmmSpaceList(), XMM_WORDS);
    return words.zeros(LEGACY - words.size()).toBytes();
  }

  /**
   * What XSAVE stores, as Intel's processors lay it out; a debugger knows the layout by the size.
   * Empty when there is nothing of AVX.
   */
  private static Optional<byte[]> extended(UserX86FpregsEntry f, byte[] legacy) {
    UserX86XsaveEntry x = f.getXsave();
    if (x.getYmmhSpaceCount() == 0) {
      return Optional.empty();
    }
    boolean has512 = x.getZmmUpperCount() > 0 || x.getHi16ZmmCount() > 0;
    boolean hasKeys = has512 && x.getPkruCount() > 0;
    long components = 7 | (has512 ? 0xe0 : 0) | (hasKeys ? 0x200 : 0);
    byte[] head = legacy.clone();
    byte[] bits = new Words(true).u64(components).toBytes();
    System.arraycopy(bits, 0, head, XCR0_AT, bits.length);
    Words words = new Words(true).bytes(head);
    words.u64(x.getXstateBv() & components).zeros(56);
    ints(words, x.getYmmhSpaceList(), YMM_WORDS);
    if (has512) {
      words.zeros(1088 - words.size());
      longs(words, x.getOpmaskRegList(), 8);
      longs(words, x.getZmmUpperList(), 64);
      longs(words, x.getHi16ZmmList(), 128);
    }
    if (hasKeys) {
      ints(words, x.getPkruList(), 2);
    }
    return Optional.of(words.toBytes());
  }

  private static CoreThread arm(int tid, ThreadInfoAarch64 info, long pending, long blocked) {
    Words words = new Words(true);
    longs(words, info.getGpregs().getRegsList(), ARM_REGISTERS);
    words.words(info.getGpregs().getSp(), info.getGpregs().getPc(), info.getGpregs().getPstate());
    UserAarch64FpsimdContextEntry f = info.getFpsimd();
    Words vectors = new Words(true);
    longs(vectors, f.getVregsList(), ARM_VECTORS);
    vectors.u32(f.getFpsr()).u32(f.getFpcr()).u64(0);
    Note floating = new Note("CORE", Note.FPREGSET, vectors.toBytes());
    Note tls = new Note("LINUX", Note.ARM_TLS, new Words(true).u64(info.getTls()).toBytes());
    return new CoreThread(tid, pending, blocked, words.toBytes(), List.of(floating, tls));
  }

  /** So many numbers, with zeros for those that are not there. */
  private static void ints(Words words, List<Integer> values, int count) {
    for (int i = 0; i < count; i++) {
      words.u32(i < values.size() ? values.get(i) : 0);
    }
  }

  private static void longs(Words words, List<Long> values, int count) {
    for (int i = 0; i < count; i++) {
      words.u64(i < values.size() ? values.get(i) : 0);
    }
  }
}
