package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.criu.Socket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of sockets. They are known by their inodes; one whose inode the other does not have
 * by its protocol and addresses, since a container that was restored has all inodes anew.
 */
final class SocketFacts {
  private SocketFacts() {}

  static void tell(Side before, Side after, Comparison comparison) throws IOException {
    SortedMap<String, Item> was = byInode(before);
    SortedMap<String, Item> is = byInode(after);
    SortedMap<String, Item> lost = without(was, is);
    SortedMap<String, Item> come = without(is, was);
    was.keySet().removeAll(lost.keySet());
    is.keySet().removeAll(come.keySet());
    comparison.tell(was, is);
    comparison.tell(byAddress(lost), byAddress(come));
  }

  private static SortedMap<String, Item> without(
      SortedMap<String, Item> one, SortedMap<String, Item> other) {
    SortedMap<String, Item> left = new TreeMap<>(one);
    left.keySet().removeAll(other.keySet());
    return left;
  }

  /** Of several with the same addresses the first is compared with the first. */
  private static SortedMap<String, Item> byAddress(SortedMap<String, Item> items) {
    SortedMap<String, Item> keyed = new TreeMap<>();
    for (Item each : items.values()) {
      String name = address(each.facts());
      int count = 0;
      while (keyed.containsKey(name + " " + count)) {
        count++;
      }
      keyed.put(name + " " + count, each);
    }
    return keyed;
  }

  private static String address(Rendered.Fields facts) {
    StringBuilder name = new StringBuilder();
    for (String each : List.of("protocol", "local", "remote")) {
      Rendered value = facts.fields().get(each);
      name.append(text(value)).append(' ');
    }
    return name.toString();
  }

  private static String text(@Nullable Rendered value) {
    if (value instanceof Rendered.Text text) {
      return new String(text.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
    return value instanceof Rendered.Word word ? word.text() : "-";
  }

  private static SortedMap<String, Item> byInode(Side side) throws IOException {
    SortedMap<String, Item> items = new TreeMap<>();
    Map<Long, List<Dump.Holder>> holders = side.dump().holders();
    for (Socket each : side.dump().sockets()) {
      List<Dump.Holder> held = holders.getOrDefault(each.file(), List.of());
      Long inode = each.inode();
      String key =
          each.protocol() + " " + String.format(Locale.ROOT, "%020d", inode == null ? -1 : inode);
      if (items.containsKey(key)) {
        key += " " + each.file();
      }
      Long pid = held.isEmpty() ? null : held.get(0).process().pid();
      Rendered what =
          new Rendered.Word(each.protocol() + ":[" + (inode == null ? "?" : inode) + "]");
      items.put(key, new Item(pid, what, facts(side, each, held), each.origin()));
    }
    return items;
  }

  private static Rendered.Fields facts(Side side, Socket socket, List<Dump.Holder> holders)
      throws IOException {
    Facts facts = new Facts().put("protocol", socket.protocol()).put("state", socket.state());
    facts.put("local", socket.local()).put("remote", socket.remote());
    facts.put("shutdown", socket.shutdown()).put("backlog", socket.backlog());
    DescriptorFacts.queue(side, facts, "receive_queue", socket.received());
    DescriptorFacts.queue(side, facts, "send_queue", socket.sent());
    List<String> held = new ArrayList<>();
    for (Dump.Holder each : holders) {
      held.add(each.process().pid() + ":" + each.descriptor().fd());
    }
    return facts.words("holders", held).fields();
  }
}
