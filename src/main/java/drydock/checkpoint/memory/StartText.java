package drydock.checkpoint.memory;

import drydock.bytes.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process's arguments and environment as its memory has them now, like {@code /proc/PID/cmdline}
 * and {@code environ} show them: what it wrote over them since it started is shown as it is.
 *
 * <p>The kernel looks where {@code mm} says. What a process sets later ({@code setenv}) lies
 * elsewhere, in its heap, and is not here; and a title that runs on over the environment shows up
 * in both.
 *
 * <p>Source: the kernel's {@code fs/proc/base.c}, {@code get_mm_cmdline} and {@code environ_read},
 * version 6.12. Safe from many threads.
 */
public final class StartText {
  /** The kernel itself has no limit but the stack's; more than this is no arguments any more. */
  private static final int MAX_TEXT = 8 << 20;

  private static final int TITLE = 4096;

  private final AddressSpace space;

  public StartText(AddressSpace space) {
    this.space = space;
  }

  /** What {@code /proc/PID/cmdline} has: texts that each end in a NUL, mostly. */
  public byte[] commandLine() throws IOException {
    MemoryLayout layout = space.layout();
    byte[] arguments = range(layout.startArguments(), layout.endArguments());
    if (arguments.length == 0 || !isWhole(arguments)) {
      return arguments;
    }
    return arguments[arguments.length - 1] == 0 ? arguments : title();
  }

  private boolean isWhole(byte[] arguments) {
    MemoryLayout layout = space.layout();
    return arguments.length == layout.endArguments() - layout.startArguments();
  }

  /** Without a NUL at the end of the arguments a title was written over them, and maybe on. */
  private byte[] title() throws IOException {
    byte[] page = known(space.layout().startArguments(), TITLE);
    for (int i = 0; i < page.length; i++) {
      if (page[i] == 0) {
        return Arrays.copyOf(page, i + 1);
      }
    }
    return page;
  }

  /** What {@code /proc/PID/environ} has. */
  public byte[] environment() throws IOException {
    MemoryLayout layout = space.layout();
    return range(layout.startEnvironment(), layout.endEnvironment());
  }

  /** Whether the memory of both is in the dump, from the first byte to the last. */
  public boolean isWhole() throws IOException {
    MemoryLayout layout = space.layout();
    return isWhole(range(layout.startArguments(), layout.endArguments()))
        && environment().length == layout.endEnvironment() - layout.startEnvironment();
  }

  /** Texts that end in a NUL each; what is behind the last one is one, too. */
  public static List<byte[]> texts(byte[] raw) {
    List<byte[]> texts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == 0) {
        texts.add(Arrays.copyOfRange(raw, from, i));
        from = i + 1;
      }
    }
    if (from < raw.length) {
      texts.add(Arrays.copyOfRange(raw, from, raw.length));
    }
    return texts;
  }

  private byte[] range(long start, long end) throws IOException {
    long length = end - start;
    return length <= 0 ? new byte[0] : known(start, (int) Math.min(length, MAX_TEXT));
  }

  /** Pages that cannot be read, as at the end of an archive that was cut, are not known. */
  private byte[] known(long address, int length) throws IOException {
    try {
      return space.known(address, length);
    } catch (CorruptDataException e) {
      return new byte[0];
    }
  }
}
