package drydock.checkpoint.criu;

import drydock.proto.criu.CoreEntry;
import org.jspecify.annotations.Nullable;

/** The processor that a process ran on. */
public enum Architecture {
  X86_64("x86_64"),
  /** A 32-bit process on x86-64. */
  I386("i386"),
  ARM("arm"),
  AARCH64("aarch64"),
  PPC64("ppc64"),
  S390("s390x"),
  MIPS("mips"),
  LOONGARCH64("loongarch64"),
  RISCV64("riscv64");

  private final String label;

  Architecture(String label) {
    this.label = label;
  }

  /** What uname(1) calls it. */
  public String label() {
    return label;
  }

  static @Nullable Architecture of(CoreEntry core) {
    return switch (core.getMtype()) {
      case UNKNOWN -> null;
      case X86_64 -> isCompatible(core) ? I386 : X86_64;
      case ARM -> ARM;
      case AARCH64 -> AARCH64;
      case PPC64 -> PPC64;
      case S390 -> S390;
      case MIPS -> MIPS;
      case LOONGARCH64 -> LOONGARCH64;
      case RISCV64 -> RISCV64;
    };
  }

  private static boolean isCompatible(CoreEntry core) {
    return core.getThreadInfo().getGpregs().getMode() == drydock.proto.criu.UserX86RegsMode.COMPAT;
  }
}
