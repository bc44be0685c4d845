package drydock.checkpoint.memory.core;

/** A processor whose core files are written; all of them little-endian. */
public enum Machine {
  X86_64(62, true),
  I386(3, false),
  AARCH64(183, true);

  private final int number;
  private final boolean wide;

  Machine(int number, boolean wide) {
    this.number = number;
    this.wide = wide;
  }

  /** The {@code e_machine} of ELF. */
  int number() {
    return number;
  }

  /** Whether addresses have 64 bits. */
  public boolean isWide() {
    return wide;
  }
}
