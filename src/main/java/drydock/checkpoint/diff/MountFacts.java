package drydock.checkpoint.diff;

import drydock.checkpoint.criu.MountEntry;
import drydock.checkpoint.criu.Rendered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of mounts, by where they are: of several on one place the first is the lowest. */
final class MountFacts {
  private MountFacts() {}

  static SortedMap<String, Item> of(Side side) throws IOException {
    SortedMap<String, Item> items = new TreeMap<>();
    for (MountEntry each : side.dump().mounts()) {
      String place = new String(each.mountPoint().bytes(), StandardCharsets.ISO_8859_1);
      int above = 0;
      while (items.containsKey(place + '\0' + above)) {
        above++;
      }
      Facts facts = new Facts().put("type", each.type()).put("source", each.source());
      facts.put("root", each.root()).put("device", each.device().toString());
      facts.words("flags", each.flags());
      List<String> superFlags = each.superFlags();
      if (superFlags != null) {
        facts.words("super_flags", superFlags);
      }
      facts.put("options", each.options()).put("external", each.external());
      facts.put("deleted", each.deleted());
      items.put(
          place + '\0' + above,
          new Item(
              null, new Rendered.Text(each.mountPoint().bytes()), facts.fields(), each.origin()));
    }
    return items;
  }
}
