package drydock.kubernetes;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.oci.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kubelet's directory on a node. Reads when it is asked and keeps nothing. */
public final class Kubelet {
  /** Where distributions of Kubernetes have it. */
  public static final List<String> USUAL_ROOTS =
      List.of(
          "/var/lib/kubelet",
          "/var/lib/k0s/kubelet",
          "/var/lib/rancher/k3s/agent/kubelet",
          "/var/snap/microk8s/common/var/lib/kubelet");

  private static final int MAX_JSON = 1 << 16;
  private static final String CSI = "kubernetes.io~csi";

  private final FileTree node;
  private final String root;
  private final FindingLog log;

  public Kubelet(FileTree node, String root, FindingLog log) {
    this.node = node;
    this.root = root;
    this.log = log;
  }

  /**
   * The volumes: of pods by their UIDs and names, then those that only the node had. What is
   * damaged is a finding.
   */
  public List<Volume> volumes() throws IOException {
    List<Volume> globals = new ArrayList<>();
    List<Volume> volumes = new ArrayList<>();
    addGlobals(root + "/plugins/kubernetes.io/csi", 2, CSI, globals);
    for (String plugin : names(root + "/plugins/kubernetes.io")) {
      addInTree(plugin, globals);
    }
    for (String uid : names(root + "/pods")) {
      addPod(root + "/pods/" + uid, uid, volumes);
    }
    List<Volume> joined = new ArrayList<>();
    for (Volume volume : volumes) {
      joined.add(
          globals.stream()
              .filter(g -> same(g, volume))
              .findFirst()
              .map(volume::with)
              .orElse(volume));
    }
    globals.removeIf(global -> joined.stream().anyMatch(volume -> same(global, volume)));
    joined.addAll(globals);
    return joined;
  }

  private static boolean same(Volume global, Volume volume) {
    String handle = global.handle();
    return handle != null
        && handle.equals(volume.handle())
        && (volume.driver() == null || volume.driver().equals(global.driver()));
  }

  /** CSI's, {@code DRIVER/HASH} or {@code pv/NAME}, each with a file that tells. */
  private void addGlobals(String directory, int depth, String plugin, List<Volume> globals)
      throws IOException {
    for (String name : names(directory)) {
      String at = directory + "/" + name;
      if (depth > 1) {
        addGlobals(at, depth - 1, plugin, globals);
        continue;
      }
      Optional<Lookup.Found> mount = find(at + "/globalmount");
      Fields data = json(at + "/vol_data.json");
      if (mount.isPresent() || data != null) {
        String pv = directory.endsWith("/pv") ? name : text(data, "specVolID");
        globals.add(
            new Volume(
                null,
                pv,
                plugin,
                text(data, "driverName"),
                text(data, "volumeHandle"),
                null,
                at + "/globalmount",
                node.origin().child(at)));
      }
    }
  }

  /** Of what is not CSI's: {@code PLUGIN/mounts/NAME}; the directory's name is the disk's. */
  private void addInTree(String plugin, List<Volume> globals) throws IOException {
    String mounts = root + "/plugins/kubernetes.io/" + plugin + "/mounts";
    if (plugin.equals("csi")) {
      return;
    }
    for (String name : names(mounts)) {
      String at = mounts + "/" + name;
      boolean nested = plugin.equals("aws-ebs") && name.equals("aws");
      List<String> leaves = new ArrayList<>();
      if (nested) {
        for (String zone : names(at)) {
          names(at + "/" + zone).forEach(each -> leaves.add(at + "/" + zone + "/" + each));
        }
      } else {
        leaves.add(at);
      }
      for (String leaf : leaves) {
        String handle = leaf.substring(leaf.lastIndexOf('/') + 1);
        globals.add(
            new Volume(
                null,
                null,
                "kubernetes.io~" + plugin,
                null,
                handle,
                null,
                leaf,
                node.origin().child(leaf)));
      }
    }
  }

  private void addPod(String directory, String uid, List<Volume> volumes) throws IOException {
    List<String> known = new ArrayList<>();
    for (String plugin : names(directory + "/volumes")) {
      for (String name : names(directory + "/volumes/" + plugin)) {
        volumes.add(volume(directory + "/volumes/" + plugin + "/" + name, uid, plugin, name));
        known.add(name);
      }
    }
    for (String name : names(directory + "/volume-subpaths")) {
      if (!known.contains(name)) {
        String at = directory + "/volume-subpaths/" + name;
        volumes.add(new Volume(uid, name, null, null, null, null, null, node.origin().child(at)));
      }
    }
  }

  private Volume volume(String at, String uid, String plugin, String name) throws IOException {
    Fields data = plugin.equals(CSI) ? json(at + "/vol_data.json") : null;
    return new Volume(
        uid,
        name,
        plugin,
        text(data, "driverName"),
        text(data, "volumeHandle"),
        plugin.equals(CSI) ? at + "/mount" : at,
        null,
        node.origin().child(at));
  }

  private static @Nullable String text(@Nullable Fields data, String name) {
    return data == null ? null : data.text(name);
  }

  private @Nullable Fields json(String path) throws IOException {
    Optional<Lookup.Found> file = find(path);
    if (file.isEmpty() || !file.get().node().meta().isFile()) {
      return null;
    }
    Node there = file.get().node();
    try {
      return Fields.parse(there.content().allBytes(MAX_JSON), there.origin());
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return null;
    }
  }

  private Optional<Lookup.Found> find(String path) throws IOException {
    try {
      return new Lookup(node).tryFind(path);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** The names of the directories in a directory; none where there is no such directory. */
  private List<String> names(String path) throws IOException {
    Optional<Lookup.Found> directory = find(path);
    if (directory.isEmpty() || !directory.get().node().meta().isDirectory()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try {
      for (Entry entry : directory.get().node().list()) {
        if (entry.node().meta().isDirectory()) {
          names.add(entry.name().toString());
        }
      }
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    }
    return names;
  }
}
