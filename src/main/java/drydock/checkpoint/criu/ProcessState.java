package drydock.checkpoint.criu;

import java.util.Locale;

/** What a process was doing: CRIU's compel/include/uapi/task-state.h. */
public enum ProcessState {
  /** It ran or slept. */
  ALIVE,
  /** It was stopped by a signal. */
  STOPPED,
  /** It had ended, and its parent had not asked how. */
  ZOMBIE,
  UNKNOWN;

  static ProcessState of(int state) {
    return switch (state) {
      case 1 -> ALIVE;
      case 3 -> STOPPED;
      case 2, 6 -> ZOMBIE;
      default -> UNKNOWN;
    };
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
