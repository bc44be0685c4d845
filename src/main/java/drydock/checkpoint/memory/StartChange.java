package drydock.checkpoint.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a process has something else in memory than the specification of its container says.
 *
 * <p>Source: runc, {@code libcontainer/init_linux.go} (a home where the specification names none:
 * that of the user's entry in the container's passwd, or {@code /}), {@code utils_linux.go} and
 * {@code notify_socket.go} (sockets that were passed on, {@code NOTIFY_SOCKET}); crun, {@code
 * src/libcrun/container.c}, which does the same. The kernel's {@code fs/binfmt_script.c} for what
 * stands before the arguments of a script.
 */
public enum StartChange {
  /** The runtime itself adds it when the container starts: nothing that its program did. */
  RUNTIME("runtime"),
  /** The program is a script: the kernel put its interpreter in front. */
  INTERPRETER("interpreter"),
  /** Text was written over the arguments, which have the room of those of the start. */
  TITLE("title"),
  /** Other arguments in a room of another size: another program was executed. */
  PROGRAM("program");

  private static final Set<String> ADDED =
      Set.of("HOME", "LISTEN_FDS", "LISTEN_PID", "NOTIFY_SOCKET");

  /** An interpreter, and the one argument that a script may give it. */
  private static final int MOST_BEFORE = 2;

  private final String label;

  StartChange(String label) {
    this.label = label;
  }

  /** As records name it. */
  public String label() {
    return label;
  }

  /** Whether what its program did made the difference. */
  public boolean isOfProgram() {
    return this == TITLE || this == PROGRAM;
  }

  /**
   * Why a variable is not as in the specification; null when its program, or one before it, set it.
   *
   * @param value in memory
   * @param started in the specification; null when it names none
   * @param first what the first process of the container has; null when it has none
   */
  public static @Nullable StartChange ofVariable(
      String name, byte[] value, byte @Nullable [] started, byte @Nullable [] first) {
    boolean isUnsaid = started == null || (name.equals("HOME") && started.length == 0);
    boolean isPlausible = !name.equals("HOME") || (value.length > 0 && value[0] == '/');
    return ADDED.contains(name) && isUnsaid && isPlausible && Arrays.equals(value, first)
        ? RUNTIME
        : null;
  }

  /**
   * Why the arguments of the first process are not as in the specification; null when they are.
   *
   * @param raw the memory of the arguments: texts that each end in a NUL
   * @param room how much memory they have, in bytes
   */
  public static @Nullable StartChange ofArguments(byte[] raw, long room, List<String> started) {
    byte[] wanted = (String.join("\0", started) + "\0").getBytes(StandardCharsets.UTF_8);
    if (Arrays.equals(raw, wanted)) {
      return null;
    }
    if (isScript(StartText.texts(raw), started)) {
      return INTERPRETER;
    }
    return room == wanted.length ? TITLE : PROGRAM;
  }

  private static boolean isScript(List<byte[]> texts, List<String> started) {
    int before = texts.size() - started.size();
    if (started.isEmpty() || before < 1 || before > MOST_BEFORE) {
      return false;
    }
    byte[] path = texts.get(before);
    byte[] name = bytes(started.get(0));
    boolean isPath =
        Arrays.equals(path, name) || endsWith(path, bytes("/" + lastName(started.get(0))));
    for (int i = 1; i < started.size() && isPath; i++) {
      isPath = Arrays.equals(texts.get(before + i), bytes(started.get(i)));
    }
    return isPath;
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean endsWith(byte[] text, byte[] end) {
    int from = text.length - end.length;
    return from >= 0 && Arrays.equals(text, from, text.length, end, 0, end.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
