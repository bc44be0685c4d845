package drydock.fs.ext4;

import org.jspecify.annotations.Nullable;

/**
 * The values that were used last, as many as fit. Safe from many threads. A hash table of chains
 * whose nodes also form a ring, from the eldest to the one used last: looking one up makes no
 * objects.
 */
final class Lru<V> {
  /** How much of the room a value takes. */
  @FunctionalInterface
  interface Weight<V> {
    int of(V value);
  }

  private static final class Kept<V> {
    final long key;
    final @Nullable V value;
    @Nullable Kept<V> chained;
    Kept<V> younger = this;
    Kept<V> elder = this;

    Kept(long key, @Nullable V value) {
      this.key = key;
      this.value = value;
    }
  }

  private final long room;
  private final Weight<V> weight;

  /** The ring's place between the one used last (its elder) and the eldest (its younger). */
  private final Kept<V> ring = new Kept<>(0, null);

  private @Nullable Kept<V>[] table = newTable(16);
  private int count;
  private long taken;

  Lru(long room, Weight<V> weight) {
    this.room = room;
    this.weight = weight;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static <V> @Nullable Kept<V>[] newTable(int length) {
    return new Kept[length];
  }

  synchronized @Nullable V get(long key) {
    Kept<V> kept = find(key);
    if (kept == null) {
      return null;
    }
    if (ring.elder != kept) {
      unlink(kept);
      join(kept);
    }
    return kept.value;
  }

  /** Takes out the value that was used longest ago; null when there is none. */
  synchronized @Nullable V removeEldest() {
    Kept<V> eldest = ring.younger;
    if (eldest == ring) {
      return null;
    }
    drop(eldest);
    return eldest.value;
  }

  synchronized void remove(long key) {
    Kept<V> kept = find(key);
    if (kept != null) {
      drop(kept);
    }
  }

  /** A value that alone is larger than the room is not kept. */
  synchronized void put(long key, V value) {
    if (weight.of(value) > room) {
      return;
    }
    remove(key);
    if (count >= table.length) {
      grow();
    }
    Kept<V> kept = new Kept<>(key, value);
    int slot = slot(key);
    kept.chained = table[slot];
    table[slot] = kept;
    join(kept);
    count++;
    taken += weight.of(value);
    while (taken > room) {
      drop(ring.younger);
    }
  }

  private @Nullable Kept<V> find(long key) {
    Kept<V> kept = table[slot(key)];
    while (kept != null && kept.key != key) {
      kept = kept.chained;
    }
    return kept;
  }

  private int slot(long key) {
    return (int) (key * 0x9e3779b97f4a7c15L >>> 32) & table.length - 1;
  }

  private void join(Kept<V> kept) {
    kept.elder = ring.elder;
    kept.younger = ring;
    ring.elder.younger = kept;
    ring.elder = kept;
  }

  private static <V> void unlink(Kept<V> kept) {
    kept.elder.younger = kept.younger;
    kept.younger.elder = kept.elder;
  }

  private void drop(Kept<V> kept) {
    unlink(kept);
    int slot = slot(kept.key);
    Kept<V> at = table[slot];
    if (at == kept) {
      table[slot] = kept.chained;
    } else {
      while (at != null && at.chained != kept) {
        at = at.chained;
      }
      if (at != null) {
        at.chained = kept.chained;
      }
    }
    count--;
    taken -= kept.value == null ? 0 : weight.of(kept.value);
  }

  private void grow() {
    table = newTable(table.length * 2);
    for (Kept<V> kept = ring.younger; kept != ring; kept = kept.younger) {
      int slot = slot(kept.key);
      kept.chained = table[slot];
      table[slot] = kept;
    }
  }
}
