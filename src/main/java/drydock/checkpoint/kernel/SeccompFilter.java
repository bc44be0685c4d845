package drydock.checkpoint.kernel;

import drydock.bytes.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of system calls.
 *
 * @param number by which threads and other filters name it
 * @param previous the one that was there before, which is asked, too; null of the first
 * @param flags as of seccomp(2)
 */
public record SeccompFilter(
    long number, @Nullable Long previous, long flags, byte[] program, Origin origin) {
  private static final int INSTRUCTION = 8;

  public long instructions() {
    return program.length / INSTRUCTION;
  }

  /** The program, an instruction a line. */
  public List<String> lines() {
    return FilterProgram.lines(program);
  }
}
