package drydock.report;

import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.StartChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a process, or the arguments of the first one.
 *
 * @param command the process's name; null when unknown
 * @param isArguments whether it is all the arguments, with blanks between them
 * @param name null where memory has text that is no variable
 * @param value in memory; null when it is not there
 * @param started what the engine's specification says; null when it says nothing
 * @param reason why memory has something else; null where it has not, or any program may have set
 *     it
 */
public record EnvironmentRow(
    AddressSpace space,
    byte @Nullable [] command,
    boolean isArguments,
    byte @Nullable [] name,
    byte @Nullable [] value,
    byte @Nullable [] started,
    @Nullable StartChange reason) {

  /**
   * Whether memory has something else than the specification, and not only what the start of a
   * container adds to it.
   */
  public boolean isChanged() {
    if (isArguments || reason != null) {
      return reason != null && reason.isOfProgram();
    }
    return value == null || started == null || !Arrays.equals(value, started);
  }

  /** Where it is: {@code both}, {@code memory} or {@code spec}. */
  public String source() {
    return started == null ? "memory" : value == null ? "spec" : "both";
  }

  /**
   * The arguments of the first process of a container.
   *
   * @param raw as they lie in memory
   */
  public static EnvironmentRow arguments(
      AddressSpace space, byte @Nullable [] command, byte[] raw, List<String> started) {
    long room = space.layout().endArguments() - space.layout().startArguments();
    return new EnvironmentRow(
        space,
        command,
        true,
        null,
        blanks(raw),
        String.join(" ", started).getBytes(StandardCharsets.UTF_8),
        StartChange.ofArguments(raw, room, started));
  }

  /** Texts with a blank for each NUL between them, and none at the end. */
  private static byte[] blanks(byte[] raw) {
    int end = raw.length;
    while (end > 0 && raw[end - 1] == 0) {
      end--;
    }
    byte[] text = Arrays.copyOf(raw, end);
    for (int i = 0; i < end; i++) {
      text[i] = text[i] == 0 ? (byte) ' ' : text[i];
    }
    return text;
  }

  /**
   * All variables of a process in the order of memory, then those that only started with it.
   *
   * @param first what the first process of the container has in memory
   */
  public static List<EnvironmentRow> compare(
      AddressSpace space,
      byte @Nullable [] command,
      List<byte[]> inMemory,
      List<String> started,
      List<byte[]> first) {
    Map<String, byte[]> ofFirst = new LinkedHashMap<>();
    first.forEach(text -> ofFirst.putIfAbsent(key(text), value(text)));
    Map<String, byte[]> left = new LinkedHashMap<>();
    for (String text : started) {
      byte[] raw = text.getBytes(StandardCharsets.UTF_8);
      left.put(key(raw), value(raw));
    }
    List<EnvironmentRow> rows = new ArrayList<>();
    for (byte[] text : inMemory) {
      if (text.length == 0) {
        continue;
      }
      if (equalsSign(text) < 0) {
        rows.add(new EnvironmentRow(space, command, false, null, text, null, null));
        continue;
      }
      byte[] name = Arrays.copyOf(text, equalsSign(text));
      String key = key(text);
      byte[] said = left.remove(key);
      StartChange reason = StartChange.ofVariable(key, value(text), said, ofFirst.get(key));
      rows.add(new EnvironmentRow(space, command, false, name, value(text), said, reason));
    }
    left.forEach(
        (name, value) ->
            rows.add(
                new EnvironmentRow(
                    space,
                    command,
                    false,
                    name.getBytes(StandardCharsets.ISO_8859_1),
                    null,
                    value,
                    null)));
    return rows;
  }

  private static int equalsSign(byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '=') {
        return i;
      }
    }
    return -1;
  }

  /** A name as text that has its bytes one by one, so that names compare as bytes. */
  private static String key(byte[] text) {
    int end = equalsSign(text);
    return new String(text, 0, end < 0 ? text.length : end, StandardCharsets.ISO_8859_1);
  }

  private static byte[] value(byte[] text) {
    int end = equalsSign(text);
    return end < 0 ? new byte[0] : Arrays.copyOfRange(text, end + 1, text.length);
  }
}
