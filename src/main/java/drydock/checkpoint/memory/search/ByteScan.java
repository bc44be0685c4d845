package drydock.checkpoint.memory.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns by one byte of each that is rare in memory: eight bytes are looked at at once.
 * Encodings of one text share that byte. A letter of which the case does not count is one byte
 * without the bit that tells the case.
 *
 * <p>The zero byte in a word is found by what a subtraction borrows (H. Warren, Hacker's Delight,
 * 2nd edition, 6-1). Immutable, safe from many threads.
 */
final class ByteScan implements LiteralScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  /** What a word takes, for each byte of it, and what a byte takes that was looked for. */
  private static final int STEP = 130;

  private static final int LOOK = 6000;

  private final Literal[] patterns;
  private final List<Group> groups;

  /** Patterns with the same byte in them. */
  private record Group(int mask, int value, int[] members, int[] offsets) {}

  /** A byte of a pattern: all values fit that are {@code value} where {@code mask} has bits. */
  private record Place(int mask, int value, int offset) {
    /** How many of 1000 bytes of memory fit, as a guess. */
    int share() {
      int share = 0;
      for (int free = ~mask & 0xff, bits = free; ; bits = (bits - 1) & free) {
        share += commonness(value | bits);
        if (bits == 0) {
          return share;
        }
      }
    }
  }

  private ByteScan(List<BytePattern> list, List<Group> groups) {
    this.patterns = Literal.all(list);
    this.groups = groups;
  }

  /** Null when a pattern has no byte that could be looked for alone. */
  static @Nullable ByteScan of(List<BytePattern> list) {
    List<Place> rarest = new ArrayList<>();
    for (BytePattern pattern : list) {
      Place place = rarest(pattern);
      if (place == null) {
        return null;
      }
      rarest.add(place);
    }
    return new ByteScan(list, groups(rarest));
  }

  private static @Nullable Place rarest(BytePattern pattern) {
    Place best = null;
    for (int i = 0; i < pattern.length(); i++) {
      Place place = place(pattern.places().get(i), i);
      if (place != null && (best == null || place.share() < best.share())) {
        best = place;
      }
    }
    return best;
  }

  /** The bits that all values have in common, when those are all values that have them. */
  private static @Nullable Place place(BitSet values, int offset) {
    if (values.isEmpty()) {
      return null;
    }
    int all = 0xff;
    int any = 0;
    for (int value = values.nextSetBit(0); value >= 0; value = values.nextSetBit(value + 1)) {
      all &= value;
      any |= value;
    }
    int mask = ~(any & ~all) & 0xff;
    boolean isWhole = values.cardinality() == 1 << (Byte.SIZE - Integer.bitCount(mask));
    return isWhole && mask != 0 ? new Place(mask, all, offset) : null;
  }

  private static List<Group> groups(List<Place> places) {
    List<Group> groups = new ArrayList<>();
    boolean[] taken = new boolean[places.size()];
    for (int p = 0; p < taken.length; p++) {
      if (!taken[p]) {
        Place first = places.get(p);
        List<Integer> members = new ArrayList<>();
        for (int q = p; q < taken.length; q++) {
          if (places.get(q).mask() == first.mask() && places.get(q).value() == first.value()) {
            taken[q] = true;
            members.add(q);
          }
        }
        int[] numbers = members.stream().mapToInt(Integer::intValue).toArray();
        int[] offsets = members.stream().mapToInt(m -> places.get(m).offset()).toArray();
        groups.add(new Group(first.mask(), first.value(), numbers, offsets));
      }
    }
    return groups;
  }

  /** How often a byte is among a thousand of a process's memory, guessed by what it is used for. */
  private static int commonness(int value) {
    if (value == 0) {
      return 400;
    }
    if (value == 0xff) {
      return 20;
    }
    if ("etaoinsr ".indexOf(value) >= 0) {
      return 10;
    }
    // letters, digits, small numbers, codes of instructions and the tops of addresses
    boolean isText = (value >= 'a' && value <= 'z') || (value >= '.' && value <= '9');
    return isText || value < 16 || "_H\u007f\u0089\u008b".indexOf(value) >= 0 ? 6 : 2;
  }

  /** What a byte that is gone through takes, as a guess. */
  long picoseconds() {
    long sum = 0;
    for (Group group : groups) {
      long share = new Place(group.mask(), group.value(), 0).share();
      sum += STEP + share * group.members().length * LOOK / 1000;
    }
    return sum;
  }

  @Override
  public void scan(SearchText text, int from, int to, Sink sink) {
    for (Group group : groups) {
      int nearest = Integer.MAX_VALUE;
      int farthest = 0;
      for (int offset : group.offsets()) {
        nearest = Math.min(nearest, offset);
        farthest = Math.max(farthest, offset);
      }
      int end = (int) Math.min(text.end(), (long) to + farthest);
      scan(text, group, Math.min(end, from + nearest), end, from, to, sink);
    }
  }

  private void scan(SearchText text, Group group, int begin, int end, int from, int to, Sink sink) {
    long mask = ONES * group.mask();
    long value = ONES * group.value();
    int at = begin;
    while (true) {
      at = next(text.bytes(), at, end, mask, value);
      if (at >= end) {
        return;
      }
      for (int i = 0; i < group.members().length; i++) {
        int p = group.members()[i];
        int start = at - group.offsets()[i];
        if (start >= from && start < to && patterns[p].isAt(text, start)) {
          sink.found(p, start, start + patterns[p].length());
        }
      }
      at++;
    }
  }

  /** The first byte that fits; {@code end} if there is none. */
  private static int next(byte[] bytes, int begin, int end, long mask, long value) {
    int at = begin;
    for (; at <= end - 4 * Long.BYTES; at += 4 * Long.BYTES) {
      long one = ((long) WORDS.get(bytes, at) & mask) ^ value;
      long two = ((long) WORDS.get(bytes, at + Long.BYTES) & mask) ^ value;
      long three = ((long) WORDS.get(bytes, at + 2 * Long.BYTES) & mask) ^ value;
      long four = ((long) WORDS.get(bytes, at + 3 * Long.BYTES) & mask) ^ value;
      long zeros =
          (one - ONES) & ~one
              | (two - ONES) & ~two
              | (three - ONES) & ~three
              | (four - ONES) & ~four;
      if ((zeros & TOPS) != 0) {
        break;
      }
    }
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long word = ((long) WORDS.get(bytes, at) & mask) ^ value;
      long zeros = (word - ONES) & ~word & TOPS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; at < end; at++) {
      if ((bytes[at] & mask & 0xff) == (value & 0xff)) {
        return at;
      }
    }
    return end;
  }
}
