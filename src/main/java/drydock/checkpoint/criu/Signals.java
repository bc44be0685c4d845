package drydock.checkpoint.criu;

import java.util.ArrayList;
import java.util.List;

/**
 * Signals by number and as sets of bits, signal 1 in the lowest bit. Names are those of x86, ARM
 * and most others; the kernel for MIPS numbers some differently.
 *
 * <p>Source: the kernel's include/uapi/asm-generic/signal.h.
 */
public final class Signals {
  private static final String[] NAMES = {
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU",
    "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
  };

  /** The first that C libraries leave to programs. */
  private static final int REAL_TIME = 34;

  private Signals() {}

  /** {@code SIGHUP}, {@code SIGRTMIN+1}, {@code SIG33}. */
  public static String name(long signal) {
    if (signal >= 1 && signal <= NAMES.length) {
      return "SIG" + NAMES[(int) signal - 1];
    }
    if (signal >= REAL_TIME && signal <= Long.SIZE) {
      return signal == REAL_TIME ? "SIGRTMIN" : "SIGRTMIN+" + (signal - REAL_TIME);
    }
    return "SIG" + signal;
  }

  /** The names of a set. */
  public static List<String> names(long set) {
    List<String> names = new ArrayList<>();
    for (int signal = 1; signal <= Long.SIZE; signal++) {
      if ((set >>> signal - 1 & 1) != 0) {
        names.add(name(signal));
      }
    }
    return names;
  }
}
