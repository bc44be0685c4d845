package drydock.fs.host;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Open file descriptors, the most recently used kept, never more than a fixed number beside those
 * that are in use at the moment. Safe from many threads.
 */
final class Descriptors implements Closeable {
  /** Opens what a key stands for. */
  @FunctionalInterface
  interface Opener {
    int open() throws IOException;
  }

  private static final class Slot {
    final int descriptor;
    int users;
    boolean dropped;

    Slot(int descriptor) {
      this.descriptor = descriptor;
    }
  }

  /** The use of a descriptor; it stays open until this is closed. */
  final class Lease implements AutoCloseable {
    private final Slot slot;

    private Lease(Slot slot) {
      this.slot = slot;
    }

    int descriptor() {
      return slot.descriptor;
    }

    @Override
    public void close() {
      release(slot);
    }
  }

  private final int max;
  private final IntConsumer closer;
  private final LinkedHashMap<Object, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  Descriptors(int max, IntConsumer closer) {
    this.max = max;
    this.closer = closer;
  }

  /** The descriptor of that key, opened now unless it still is. */
  synchronized Lease lease(Object key, Opener opener) throws IOException {
    Slot slot = slots.get(key);
    if (slot == null) {
      slot = new Slot(opener.open());
      slots.put(key, slot);
    }
    slot.users++;
    while (slots.size() > max) {
      Map.Entry<Object, Slot> eldest = slots.entrySet().iterator().next();
      slots.remove(eldest.getKey());
      drop(eldest.getValue());
    }
    return new Lease(slot);
  }

  /** The descriptor of that key if it is open. */
  synchronized Optional<Lease> leaseOpen(Object key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      return Optional.empty();
    }
    slot.users++;
    return Optional.of(new Lease(slot));
  }

  private void drop(Slot slot) {
    slot.dropped = true;
    if (slot.users == 0) {
      closer.accept(slot.descriptor);
    }
  }

  private synchronized void release(Slot slot) {
    if (--slot.users == 0 && slot.dropped) {
      closer.accept(slot.descriptor);
    }
  }

  /** How many are kept. */
  synchronized int kept() {
    return slots.size();
  }

  @Override
  public synchronized void close() {
    new ArrayList<>(slots.values()).forEach(this::drop);
    slots.clear();
  }
}
