package drydock.checkpoint.memory.core;

import java.util.List;

/**
 * A thread's state.
 *
 * @param pending signals that wait for it, one bit each
 * @param blocked signals that it does not take now
 * @param registers as the kernel's {@code user_regs_struct} has them
 * @param more further sets of registers
 */
public record CoreThread(int tid, long pending, long blocked, byte[] registers, List<Note> more) {
  public CoreThread {
    more = List.copyOf(more);
  }
}
