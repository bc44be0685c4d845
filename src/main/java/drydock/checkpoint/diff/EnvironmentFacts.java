package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.StartText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables that processes have where the kernel looks for them; of the same process in both.
 */
record EnvironmentFacts(Pairing pairing) {
  /** One variable of one process. */
  record Key(long pid, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(pid, other.pid);
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  SortedMap<Key, Item> of(Side side) throws IOException {
    SortedMap<Key, Item> items = new TreeMap<>();
    for (long pid : pairing.same()) {
      Process process = side.processes().get(pid);
      Optional<AddressSpace> space = process == null ? Optional.empty() : side.space(process);
      if (space.isPresent()) {
        for (byte[] each : StartText.texts(new StartText(space.get()).environment())) {
          add(items, pid, each, space.get());
        }
      }
    }
    return items;
  }

  private static void add(SortedMap<Key, Item> items, long pid, byte[] text, AddressSpace space) {
    int equals = 0;
    while (equals < text.length && text[equals] != '=') {
      equals++;
    }
    if (text.length == 0) {
      return;
    }
    byte[] name = Arrays.copyOf(text, equals);
    Facts value = new Facts();
    if (equals < text.length) {
      byte[] rest = Arrays.copyOfRange(text, equals + 1, text.length);
      value.put("value", new Rendered.Text(rest));
    }
    items.putIfAbsent(
        new Key(pid, new String(name, java.nio.charset.StandardCharsets.ISO_8859_1)),
        new Item(pid, new Rendered.Text(name), value.fields(), space.origin()));
  }
}
