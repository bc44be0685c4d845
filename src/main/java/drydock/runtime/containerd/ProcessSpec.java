package drydock.runtime.containerd;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import drydock.bytes.Origin;
import drydock.runtime.Mount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What lists show of an OCI runtime spec (opencontainers/runtime-spec config.md), without the rest
 * of it.
 *
 * @param sandboxPid the process whose namespaces it joins: its sandbox's, by {@code
 *     /proc/PID/ns/...}
 */
record ProcessSpec(
    List<String> args,
    @Nullable String hostname,
    SortedMap<String, String> annotations,
    @Nullable Long sandboxPid) {
  static ProcessSpec decode(byte[] json, Origin origin) throws IOException {
    JsonFields fields =
        JsonFields.pick(
            json, origin, "process.args", "hostname", "annotations", "linux.namespaces");
    Long pid = null;
    for (JsonObject namespace : fields.objects("linux.namespaces")) {
      String path = JsonFields.string(namespace.get("path"));
      if (pid == null && path != null) {
        pid = pidOf(path);
      }
    }
    return new ProcessSpec(
        fields.texts("process.args"), fields.text("hostname"), fields.map("annotations"), pid);
  }

  private static @Nullable Long pidOf(String path) {
    String[] parts = path.split("/", -1);
    boolean known = parts.length == 5 && parts[1].equals("proc") && parts[3].equals("ns");
    if (!known || parts[2].length() > 10 || !parts[2].chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return parts[2].isEmpty() ? null : Long.valueOf(parts[2]);
  }

  static List<String> environment(byte[] json, Origin origin) throws IOException {
    return JsonFields.pick(json, origin, "process.env").texts("process.env");
  }

  /** Those with a destination, in the spec's order. */
  static List<Mount> mounts(byte[] json, Origin origin) throws IOException {
    List<Mount> mounts = new ArrayList<>();
    for (JsonObject mount : JsonFields.pick(json, origin, "mounts").objects("mounts")) {
      String destination = JsonFields.string(mount.get("destination"));
      if (destination != null) {
        String type = JsonFields.string(mount.get("type"));
        String source = JsonFields.string(mount.get("source"));
        mounts.add(new Mount(destination, type, source, options(mount)));
      }
    }
    return List.copyOf(mounts);
  }

  private static List<String> options(JsonObject mount) {
    List<String> options = new ArrayList<>();
    if (mount.get("options") instanceof JsonArray array) {
      for (var element : array) {
        String option = JsonFields.string(element);
        if (option != null) {
          options.add(option);
        }
      }
    }
    return List.copyOf(options);
  }
}
