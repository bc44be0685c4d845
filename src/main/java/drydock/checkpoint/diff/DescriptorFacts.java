package drydock.checkpoint.diff;

import drydock.bytes.ByteSource;
import drydock.checkpoint.criu.Descriptor;
import drydock.checkpoint.criu.GhostFile;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.OpenFlags;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Rendered;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of open files, by process and number, named as in the record. */
record DescriptorFacts(Pairing pairing) {
  SortedMap<Pairing.Key, Item> of(Side side) throws IOException {
    SortedMap<Pairing.Key, Item> items = new TreeMap<>();
    Map<Long, Rendered.Fields> known = new LinkedHashMap<>();
    for (Process process : side.processes().values()) {
      for (Descriptor each : side.dump().descriptors(process)) {
        Rendered.Fields file = known.get(each.file());
        if (file == null) {
          file = facts(side, process, each);
          known.put(each.file(), file);
        }
        Map<String, Rendered> all = new LinkedHashMap<>(file.fields());
        all.put("close_on_exec", new Rendered.Flag(each.closesOnExec()));
        items.put(
            pairing.key(side, process, each.fd()),
            new Item(
                process.pid(),
                new Rendered.Whole(each.fd()),
                new Rendered.Fields(all),
                each.origin()));
      }
    }
    return items;
  }

  private static Rendered.Fields facts(Side side, Process process, Descriptor descriptor)
      throws IOException {
    OpenFile file = side.file(descriptor.file());
    if (file == null) {
      return new Facts().put("type", descriptor.kind().label()).fields();
    }
    Facts facts = new Facts().put("type", file.type());
    facts.put("path", file.path());
    facts.put("deleted", file.isDeleted());
    facts.words("flags", OpenFlags.names(file.flags(), process.architecture()));
    facts.put("position", file.position());
    facts.put("size", file.size());
    facts.put("inode", file.inode());
    Long ghost = file.ghost();
    if (ghost != null) {
      ghost(side, facts, side.dump().ghost(ghost));
    }
    own(facts, file);
    waiting(side, facts, file);
    return facts.fields();
  }

  private static void ghost(Side side, Facts facts, Optional<GhostFile> ghost) {
    if (ghost.isPresent()) {
      facts.put("ghost_size", ghost.get().content().size());
      facts.put("ghost_sha256", side.sha256(ghost.get().content()));
    }
  }

  /** What only this kind of file has: counters, sets of signals, what is watched. */
  private static void own(Facts facts, OpenFile file) {
    switch (file.kind()) {
      case EVENTFD, EVENTPOLL, SIGNALFD, INOTIFY, FANOTIFY, TIMERFD, TERMINAL ->
          facts.put("details", lasting(file.details()));
      default -> {}
    }
  }

  /** Without CRIU's own numbers, and the time that is left of a timer. */
  private static Rendered.Fields lasting(Rendered.Fields details) {
    Map<String, Rendered> kept = new LinkedHashMap<>();
    details
        .fields()
        .forEach(
            (name, value) -> {
              boolean passing = name.equals("id") || name.equals("vsec") || name.equals("vnsec");
              if (!passing && !name.endsWith("_id") && !name.equals("flags")) {
                kept.put(name, value instanceof Rendered.Fields inner ? lasting(inner) : value);
              }
            });
    return new Rendered.Fields(kept);
  }

  private static void waiting(Side side, Facts facts, OpenFile file) throws IOException {
    Long inode = file.inode();
    if (inode == null || file.kind().isSocket()) {
      return;
    }
    List<ByteSource> waiting = side.dump().inFlight().pipes().getOrDefault(inode, List.of());
    switch (file.kind()) {
      case PIPE, FIFO -> queue(side, facts, "waiting", waiting);
      default -> {}
    }
  }

  /** How many bytes wait, and which. */
  static void queue(Side side, Facts facts, String name, List<ByteSource> packets) {
    long size = packets.stream().mapToLong(ByteSource::size).sum();
    facts.put(name, size);
    if (size > 0) {
      StringBuilder digests = new StringBuilder();
      for (ByteSource each : packets) {
        digests.append(digests.length() == 0 ? "" : " ");
        digests.append(side.sha256(each));
      }
      facts.put(name + "_sha256", digests.toString());
    }
  }
}
