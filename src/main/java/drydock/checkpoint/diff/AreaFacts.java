package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of the areas of one process, by where they begin. */
final class AreaFacts {
  private AreaFacts() {}

  static SortedMap<Long, Item> of(Side side, AddressSpace space) throws IOException {
    SortedMap<Long, Item> items = new TreeMap<>(Long::compareUnsigned);
    for (Area each : space.areas()) {
      Facts facts = new Facts().put("end", Facts.hex(each.end()));
      describe(facts, side, each);
      items.putIfAbsent(
          // what marks a part of another area may begin where that does
          each.kind() == AreaKind.GUARD ? each.start() + 1 : each.start(),
          new Item((long) space.pid(), range(each), facts.fields(), space.origin()));
    }
    return items;
  }

  /** An area's addresses. */
  static Rendered range(Area area) {
    return new Rendered.Word(Facts.hex(area.start()) + "-" + Facts.hex(area.end()));
  }

  static void describe(Facts facts, Side side, Area area) throws IOException {
    facts.put("permissions", area.permissions()).put("kind", area.kind().text());
    if (area.isOfFile()) {
      facts.put("file", side.path(area.sharedId())).put("offset", Facts.hex(area.offset()));
    }
  }
}
