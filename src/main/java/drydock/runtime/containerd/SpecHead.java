package drydock.runtime.containerd;

import com.google.gson.JsonObject;
import drydock.bytes.Origin;
import java.io.IOException;
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
record SpecHead(
    List<String> args,
    @Nullable String hostname,
    SortedMap<String, String> annotations,
    @Nullable Long sandboxPid) {
  static SpecHead decode(byte[] json, Origin origin) throws IOException {
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
    return new SpecHead(
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
}
