package drydock.checkpoint.memory.core;

/**
 * A note of a core file.
 *
 * @param owner whose kind it is: {@code CORE} or {@code LINUX}
 * @param type its number among the owner's
 */
public record Note(String owner, int type, byte[] bytes) {
  static final int PRSTATUS = 1;
  static final int PRPSINFO = 3;
  static final int AUXV = 6;
  static final int FILE = 0x46494c45;
  public static final int FPREGSET = 2;
  public static final int PRXFPREG = 0x46e62b7f;
  public static final int X86_XSTATE = 0x202;
  public static final int ARM_TLS = 0x401;

  static Note core(int type, byte[] bytes) {
    return new Note("CORE", type, bytes);
  }
}
