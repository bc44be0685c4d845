package drydock.checkpoint.diff;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Rendered;
import drydock.fs.Node;
import drydock.oci.JsonLeaves;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the engine's documents say, leaf by leaf. */
final class SpecFacts {
  private static final int MAX_BYTES = 16 << 20;
  private static final List<String> DOCUMENTS =
      List.of("spec.dump", "config.dump", "status.dump", "network.status");

  /** Podman's configuration has the spec in it as it was asked for; what counts is spec.dump. */
  private static final String SPEC = "spec.";

  private SpecFacts() {}

  static SortedMap<String, Item> of(Checkpoint checkpoint) throws IOException {
    SortedMap<String, Item> items = new TreeMap<>();
    for (String name : DOCUMENTS) {
      Optional<Node> file = checkpoint.file(name);
      if (file.isPresent()) {
        add(items, name, file.get().content());
      }
    }
    return items;
  }

  /** One that is damaged is told where the checkpoint is opened. */
  private static void add(SortedMap<String, Item> items, String name, ByteSource content) {
    try {
      add(items, name, content.allBytes(MAX_BYTES), content.origin());
    } catch (IOException e) {
      return;
    }
  }

  /** What is no document has no leaves. */
  static void add(SortedMap<String, Item> items, String name, byte[] raw, Origin origin) {
    SortedMap<String, String> leaves;
    try {
      leaves = JsonLeaves.of(raw, origin);
    } catch (CorruptDataException e) {
      return;
    }
    for (Map.Entry<String, String> each : leaves.entrySet()) {
      if (!each.getKey().startsWith(SPEC)) {
        String what = name + " " + each.getKey();
        Rendered.Fields value = new Facts().put("value", each.getValue()).fields();
        items.put(what, new Item(null, new Rendered.Word(what), value, origin));
      }
    }
  }
}
