package drydock.report;

import drydock.checkpoint.memory.AddressSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a process.
 *
 * @param command the process's name; null when unknown
 * @param name null where memory has text that is no variable
 * @param value in memory; null when it is not there
 * @param started what the engine's specification says; null when it says nothing
 */
public record EnvironmentRow(
    AddressSpace space,
    byte @Nullable [] command,
    byte @Nullable [] name,
    byte @Nullable [] value,
    byte @Nullable [] started) {

  /** Whether memory has something else than the specification. */
  public boolean isChanged() {
    return value == null || started == null || !Arrays.equals(value, started);
  }

  /** Where it is: {@code both}, {@code memory} or {@code spec}. */
  public String source() {
    return started == null ? "memory" : value == null ? "spec" : "both";
  }

  /** All variables of a process in the order of memory, then those that only started with it. */
  public static List<EnvironmentRow> compare(
      AddressSpace space, byte @Nullable [] command, List<byte[]> inMemory, List<String> started) {
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
        rows.add(new EnvironmentRow(space, command, null, text, null));
        continue;
      }
      byte[] name = Arrays.copyOf(text, equalsSign(text));
      rows.add(new EnvironmentRow(space, command, name, value(text), left.remove(key(text))));
    }
    left.forEach(
        (name, value) ->
            rows.add(
                new EnvironmentRow(
                    space, command, name.getBytes(StandardCharsets.ISO_8859_1), null, value)));
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
