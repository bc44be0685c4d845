package drydock.fs.ext4;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that were used last, as many as fit. Safe from many threads. */
final class Lru<V> {
  /** How much of the room a value takes. */
  @FunctionalInterface
  interface Weight<V> {
    int of(V value);
  }

  private final Map<Long, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private final long room;
  private final Weight<V> weight;
  private long taken;

  Lru(long room, Weight<V> weight) {
    this.room = room;
    this.weight = weight;
  }

  synchronized @Nullable V get(long key) {
    return values.get(key);
  }

  /** A value that alone is larger than the room is not kept. */
  synchronized void put(long key, V value) {
    if (weight.of(value) > room) {
      return;
    }
    V before = values.put(key, value);
    taken += weight.of(value) - (before == null ? 0 : weight.of(before));
    var eldest = values.entrySet().iterator();
    while (taken > room && eldest.hasNext()) {
      taken -= weight.of(eldest.next().getValue());
      eldest.remove();
    }
  }
}
