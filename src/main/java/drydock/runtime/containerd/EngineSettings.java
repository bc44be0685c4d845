package drydock.runtime.containerd;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file says of where things are.
 *
 * @param root null where it does not say
 * @param snapshotterRoots by the snapshotter's name
 */
record EngineSettings(@Nullable String root, Map<String, String> snapshotterRoots) {
  static final EngineSettings NONE = new EngineSettings(null, Map.of());

  private static final String PLUGIN = "io.containerd.snapshotter.v1.";

  /** Of the keys of a TOML document, as {@link Toml} gives them. */
  static EngineSettings of(Toml toml) {
    Map<String, String> roots = new TreeMap<>();
    toml.texts()
        .forEach(
            (key, value) -> {
              boolean plugin =
                  key.size() == 3
                      && key.get(0).equals("plugins")
                      && key.get(1).startsWith(PLUGIN)
                      && key.get(2).equals("root_path");
              boolean proxy =
                  key.size() == 4
                      && key.get(0).equals("proxy_plugins")
                      && key.get(2).equals("exports")
                      && key.get(3).equals("root");
              if (!value.isEmpty() && plugin) {
                roots.put(key.get(1).substring(PLUGIN.length()), value);
              } else if (!value.isEmpty() && proxy) {
                roots.put(key.get(1), value);
              }
            });
    return new EngineSettings(toml.text("root"), Map.copyOf(roots));
  }

  /** These, and what only the others say. */
  EngineSettings orElse(EngineSettings other) {
    Map<String, String> roots = new TreeMap<>(other.snapshotterRoots);
    roots.putAll(snapshotterRoots);
    return new EngineSettings(root == null ? other.root : root, Map.copyOf(roots));
  }
}
