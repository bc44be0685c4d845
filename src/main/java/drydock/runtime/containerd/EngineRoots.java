package drydock.runtime.containerd;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import drydock.oci.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths where a node may have a root of containerd: those that configurations name first, then
 * where distributions put it, then the nodes of other clusters that run in this one's volumes.
 */
final class EngineRoots {
  private static final String DEFAULT = "/var/lib/containerd";

  /** Configuration files, and the root that counts where they name none. */
  private static final Map<String, String> CONFIGURATIONS = configurations();

  /** Each with {@code data-dir}, where its user moved it. */
  private static final List<String> RANCHERS =
      List.of("/etc/rancher/k3s/config.yaml", "/etc/rancher/rke2/config.yaml");

  private static final Pattern DATA_DIRECTORY =
      Pattern.compile("(?m)^data-dir:[ \t]*[\"']?(/[^\"'#\r\n]*)");

  private static final List<String> KNOWN =
      List.of(
          DEFAULT,
          "/var/lib/rancher/k3s/agent/containerd",
          "/var/lib/rancher/rke2/agent/containerd",
          "/var/snap/microk8s/common/var/lib/containerd",
          "/var/lib/k0s/containerd",
          "/var/lib/host-containerd", // Bottlerocket's host containers
          "/local/var/lib/containerd", // Bottlerocket's data partition by itself
          "/local/var/lib/host-containerd",
          "/var/lib/docker/containerd/daemon", // Docker's own
          "/var/lib/minikube/containerd",
          "/mnt/stateful_partition/var/lib/containerd", // Container-Optimized OS, unmounted
          "/mnt/k8s-disks/0/containerd", // Amazon's images with local disks
          "/mnt/containerd",
          "/mnt/data/containerd",
          "/data/containerd",
          "/opt/containerd/root");

  /** Where engines keep volumes: kind and minikube have a node's {@code /var} in one. */
  private static final List<String> VOLUMES =
      List.of("/var/lib/docker/volumes", "/var/lib/containers/storage/volumes");

  /** What of a node's {@code /var} leads to its containerd. */
  private static final String IN_VOLUME = "/_data/lib/containerd";

  private final Lookup lookup;
  private final SettingsFiles files;
  private final FindingLog log;
  private final Map<String, EngineSettings> roots = new LinkedHashMap<>();
  private final Map<String, String> saidBy = new LinkedHashMap<>();

  EngineRoots(Lookup lookup, FindingLog log) {
    this.lookup = lookup;
    this.files = new SettingsFiles(lookup, log);
    this.log = log;
  }

  private static Map<String, String> configurations() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("/etc/containerd/config.toml", DEFAULT);
    for (String name : List.of("k3s", "rke2")) {
      String agent = "/var/lib/rancher/" + name + "/agent";
      files.put(agent + "/etc/containerd/config.toml", agent + "/containerd");
    }
    files.put("/etc/k0s/containerd.toml", "/var/lib/k0s/containerd");
    files.put(
        "/var/snap/microk8s/current/args/containerd.toml",
        "/var/snap/microk8s/common/var/lib/containerd");
    files.put("/etc/host-containerd/config.toml", "/var/lib/host-containerd"); // Bottlerocket
    files.put("/var/run/docker/containerd/containerd.toml", "/var/lib/docker/containerd/daemon");
    files.put("/etc/k3s/containerd/config.toml", "/var/lib/rancher/k3s/agent/containerd");
    files.put("/usr/local/etc/containerd/config.toml", DEFAULT);
    return files;
  }

  /** Every path that may be a root, with what its configuration says; the surest first. */
  Map<String, EngineSettings> find() throws IOException {
    CONFIGURATIONS.forEach(this::configuration);
    RANCHERS.forEach(this::rancher);
    List<String> volumes = new ArrayList<>(VOLUMES);
    docker(volumes);
    KNOWN.forEach(root -> roots.putIfAbsent(root, EngineSettings.NONE));
    for (String each : volumes) {
      for (String name : names(each)) {
        roots.putIfAbsent(each + "/" + name + IN_VOLUME, EngineSettings.NONE);
      }
    }
    return roots;
  }

  /** The file that names a root other than the usual; empty where none does. */
  Optional<String> saidBy(String root) {
    return Optional.ofNullable(saidBy.get(root));
  }

  private void configuration(String path, String otherwise) {
    Optional<EngineSettings> settings = files.read(path);
    if (settings.isPresent()) {
      String said = settings.get().root();
      roots.putIfAbsent(said == null ? otherwise : said, settings.get());
      if (said != null && !KNOWN.contains(said)) {
        saidBy.put(said, path);
      }
    }
  }

  private void rancher(String path) {
    Optional<byte[]> bytes = files.bytes(path);
    if (bytes.isPresent()) {
      Matcher said = DATA_DIRECTORY.matcher(new String(bytes.get(), StandardCharsets.UTF_8));
      if (said.find()) {
        String agent = said.group(1).strip() + "/agent";
        configuration(agent + "/etc/containerd/config.toml", agent + "/containerd");
        roots.putIfAbsent(agent + "/containerd", EngineSettings.NONE);
        saidBy.put(agent + "/containerd", path);
      }
    }
  }

  /** Docker's own containerd and its volumes lie where its data do. */
  private void docker(List<String> volumes) {
    String path = "/etc/docker/daemon.json";
    Optional<byte[]> bytes = files.bytes(path);
    try {
      String said =
          bytes.isEmpty() ? null : Fields.parse(bytes.get(), Origin.of(path)).text("data-root");
      if (said != null) {
        roots.putIfAbsent(said + "/containerd/daemon", EngineSettings.NONE);
        volumes.add(said + "/volumes");
      }
    } catch (CorruptDataException e) {
      log.add(e, Origin.of(path));
    }
  }

  private List<String> names(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    Optional<Lookup.Found> found = lookup.tryFind(directory);
    if (found.isPresent() && found.get().node().meta().isDirectory()) {
      for (Entry entry : found.get().node().list()) {
        names.add(entry.name().toString());
      }
    }
    return names;
  }
}
