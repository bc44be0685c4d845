package drydock.checkpoint.memory.search;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to be found: for each place which values fit there. Immutable.
 *
 * @param name as whoever asked calls it
 * @param encoding how a text was made bytes; {@code hex} for what was given as bytes
 * @param text what must be there in truth, whatever its case, where places alone allow more; null
 *     where they say it all
 */
public record BytePattern(
    String name, String encoding, List<BitSet> places, @Nullable FoldedText text) {
  /** The longest pattern: an overlap of that many bytes is kept between chunks. */
  public static final int MAX_LENGTH = 4096;

  public BytePattern {
    places = List.copyOf(places);
  }

  public int length() {
    return places.size();
  }

  boolean allows(int place, int value) {
    return places.get(place).get(value);
  }

  /** How many values fit at a place. */
  int choices(int place) {
    return places.get(place).cardinality();
  }

  /** The only bytes that fit; null when several do. */
  byte @Nullable [] exact() {
    byte[] exact = new byte[places.size()];
    for (int i = 0; i < exact.length; i++) {
      if (choices(i) != 1) {
        return null;
      }
      exact[i] = (byte) places.get(i).nextSetBit(0);
    }
    return text == null ? exact : null;
  }

  boolean isAt(byte[] buffer, int at) {
    for (int i = 0; i < places.size(); i++) {
      if (!places.get(i).get(buffer[at + i] & 0xff)) {
        return false;
      }
    }
    return text == null || text.isAt(buffer, at, length());
  }
}
