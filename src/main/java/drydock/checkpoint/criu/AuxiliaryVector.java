package drydock.checkpoint.criu;

import java.util.ArrayList;
import java.util.List;

/**
 * The auxiliary vector of a process, as CRIU saves it: {@code mm_saved_auxv} holds the bytes of
 * /proc/PID/auxv as words of 64 bits. Of a 32-bit process on a 64-bit kernel a word is a type and
 * its value.
 */
public final class AuxiliaryVector {
  private AuxiliaryVector() {}

  /** Types and values in turn, whatever the width of the process. */
  public static List<Long> of(List<Long> words) {
    if (!isNarrow(words)) {
      return List.copyOf(words);
    }
    List<Long> pairs = new ArrayList<>();
    for (long word : words) {
      pairs.add(word & 0xffffffffL);
      pairs.add(word >>> Integer.SIZE);
    }
    return List.copyOf(pairs);
  }

  /** A type is a small number: what has more bits is a type with a value above it. */
  private static boolean isNarrow(List<Long> words) {
    for (int i = 0; i < words.size(); i += 2) {
      if (words.get(i) >>> Integer.SIZE != 0) {
        return true;
      }
    }
    return false;
  }
}
