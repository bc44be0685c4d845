package drydock.checkpoint.kernel;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Namespaces;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.criu.Rendering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Joins what processes and images tell of namespaces. */
public final class NamespaceEntries {
  /** The images of each kind, by the stems of their names. */
  private static final Map<String, List<String>> IMAGES =
      Map.of(
          "ipc", List.of("ipcns-var"),
          "net", List.of("netns"),
          "pid", List.of("pidns"),
          "time", List.of("timens"),
          "user", List.of("userns"),
          "uts", List.of("utsns"));

  private final Dump dump;

  private NamespaceEntries(Dump dump) {
    this.dump = dump;
  }

  /** All, by kind and number; damage is a finding in the images' log. */
  public static List<NamespaceEntry> of(Dump dump) throws IOException {
    return new NamespaceEntries(dump).read();
  }

  private List<NamespaceEntry> read() throws IOException {
    Map<String, Map<Long, Set<Long>>> members = new TreeMap<>();
    for (String kind : Namespaces.KINDS) {
      Map<Long, Set<Long>> ofKind = new TreeMap<>();
      for (String stem : IMAGES.getOrDefault(kind, List.of())) {
        for (long each : dump.images().numbers(stem + "-", 10)) {
          ofKind.put(each, new TreeSet<>());
        }
      }
      members.put(kind, ofKind);
    }
    for (Process process : dump.processes()) {
      for (String kind : Namespaces.KINDS) {
        Long id = process.kernelIds().get(kind);
        if (id != null) {
          members
              .getOrDefault(kind, new TreeMap<>())
              .computeIfAbsent(id, key -> new TreeSet<>())
              .add(process.pid());
        }
      }
    }
    boolean isTold = dump.namespaces().outsideKnown();
    Set<Long> outside = dump.namespaces().outside();
    List<NamespaceEntry> all = new ArrayList<>();
    for (Map.Entry<String, Map<Long, Set<Long>>> kind : members.entrySet()) {
      for (Map.Entry<Long, Set<Long>> each : kind.getValue().entrySet()) {
        // the image of the clocks is of the number 0, whichever namespace they were of
        Boolean isHost = isTold && each.getKey() != 0 ? outside.contains(each.getKey()) : null;
        all.add(entry(kind.getKey(), each.getKey(), isHost, List.copyOf(each.getValue())));
      }
    }
    return all;
  }

  private NamespaceEntry entry(String kind, long id, @Nullable Boolean isHost, List<Long> pids)
      throws IOException {
    Images images = dump.images();
    Map<String, Rendered> settings = new LinkedHashMap<>();
    Origin origin = images.origin();
    for (String stem : IMAGES.getOrDefault(kind, List.of())) {
      Optional<ImageFile> image = images.fitting(stem + "-" + id + ImageKind.SUFFIX);
      if (image.isPresent()) {
        origin = image.get().origin();
        image
            .get()
            .entries(
                entry -> {
                  settings.putAll(Rendering.of(entry).fields());
                  return false;
                });
      }
    }
    return new NamespaceEntry(kind, id, isHost, pids, new Rendered.Fields(settings), origin);
  }
}
