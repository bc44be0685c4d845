package drydock.runtime.containerd;

import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.runtime.Runtime;
import drydock.runtime.RuntimeFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds containerd where distributions put it, and where a configuration file of it says. */
public final class ContainerdFormat implements RuntimeFormat {
  /** What every root of containerd has in it: a directory a plugin. */
  private static final String PLUGIN_PREFIX = "io.containerd.";

  private static final List<String> CONFIGURATIONS =
      List.of(
          "/etc/containerd/config.toml",
          "/var/lib/rancher/k3s/agent/etc/containerd/config.toml",
          "/var/lib/rancher/rke2/agent/etc/containerd/config.toml",
          "/etc/k0s/containerd.toml",
          "/etc/host-containerd/config.toml", // Bottlerocket
          "/var/run/docker/containerd/containerd.toml",
          "/etc/k3s/containerd/config.toml",
          "/usr/local/etc/containerd/config.toml");

  private static final List<String> ROOTS =
      List.of(
          "/var/lib/containerd",
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
          "/mnt/containerd",
          "/mnt/data/containerd",
          "/data/containerd",
          "/opt/containerd/root");

  @Override
  public String engine() {
    return ContainerdRuntime.ENGINE;
  }

  @Override
  public List<Runtime> find(FileTree node, @Nullable String root, FindingLog log)
      throws IOException {
    Lookup lookup = new Lookup(node);
    Map<String, EngineSettings> candidates = new LinkedHashMap<>();
    if (root != null) {
      candidates.put(root, EngineSettings.NONE);
    } else {
      SettingsFiles files = new SettingsFiles(lookup, log);
      for (String path : CONFIGURATIONS) {
        Optional<EngineSettings> settings = files.read(path);
        if (settings.isPresent()) {
          String said = settings.get().root();
          candidates.putIfAbsent(said == null ? ROOTS.get(0) : said, settings.get());
        }
      }
      ROOTS.forEach(known -> candidates.putIfAbsent(known, EngineSettings.NONE));
    }
    Map<String, Runtime> engines = new LinkedHashMap<>();
    for (Map.Entry<String, EngineSettings> candidate : candidates.entrySet()) {
      Optional<Lookup.Found> found = lookup.tryFind(candidate.getKey());
      if (found.isPresent() && isRoot(found.get())) {
        String path = found.get().path().toString();
        engines.putIfAbsent(path, new ContainerdRuntime(node, path, candidate.getValue(), log));
      }
    }
    return new ArrayList<>(engines.values());
  }

  private static boolean isRoot(Lookup.Found found) throws IOException {
    if (!found.node().meta().isDirectory()) {
      return false;
    }
    for (Entry entry : found.node().list()) {
      if (entry.name().startsWith(PLUGIN_PREFIX)) {
        return true;
      }
    }
    return false;
  }
}
