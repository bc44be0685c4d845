package drydock.runtime.containerd;

import com.google.gson.JsonObject;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the CRI plugin keeps of a pod's sandbox (containerd {@code
 * internal/cri/store/sandbox/metadata.go}): JSON in the extension {@value #EXTENSION} of the pause
 * container and, since containerd 2, in the extension {@value #STORE_EXTENSION} of the sandbox
 * store.
 *
 * @param hostNetwork whether the pod uses the node's network (NamespaceMode NODE)
 */
record CriSandbox(
    @Nullable String name,
    @Nullable String namespace,
    @Nullable String uid,
    int attempt,
    @Nullable String hostname,
    @Nullable String logDirectory,
    @Nullable String runtimeHandler,
    List<String> ips,
    boolean hostNetwork,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations) {
  static final String EXTENSION = "io.cri-containerd.sandbox.metadata";
  static final String STORE_EXTENSION = "metadata";

  /** CRI's NamespaceMode: POD 0, CONTAINER 1, NODE 2, TARGET 3. */
  private static final long NAMESPACE_OF_NODE = 2;

  static CriSandbox decode(byte[] json, Origin origin) throws IOException {
    String options = "Metadata.Config.linux.security_context.namespace_options";
    JsonFields fields =
        JsonFields.pick(
            json,
            origin,
            options,
            "Metadata.IP",
            "Metadata.AdditionalIPs",
            "Metadata.RuntimeHandler",
            "Metadata.Config.metadata",
            "Metadata.Config.hostname",
            "Metadata.Config.log_directory",
            "Metadata.Config.labels",
            "Metadata.Config.annotations");
    JsonObject metadata = first(fields.objects("Metadata.Config.metadata"));
    Long attempt = JsonFields.integer(metadata.get("attempt"));
    Long network = JsonFields.integer(first(fields.objects(options)).get("network"));
    return new CriSandbox(
        JsonFields.string(metadata.get("name")),
        JsonFields.string(metadata.get("namespace")),
        JsonFields.string(metadata.get("uid")),
        attempt == null ? 0 : attempt.intValue(),
        fields.text("Metadata.Config.hostname"),
        fields.text("Metadata.Config.log_directory"),
        fields.text("Metadata.RuntimeHandler"),
        ips(fields),
        network != null && network == NAMESPACE_OF_NODE,
        fields.map("Metadata.Config.labels"),
        fields.map("Metadata.Config.annotations"));
  }

  private static List<String> ips(JsonFields fields) {
    List<String> ips = new ArrayList<>();
    String ip = fields.text("Metadata.IP");
    if (ip != null) {
      ips.add(ip);
    }
    ips.addAll(fields.texts("Metadata.AdditionalIPs"));
    return List.copyOf(ips);
  }

  private static JsonObject first(List<JsonObject> objects) {
    return objects.isEmpty() ? new JsonObject() : objects.get(0);
  }
}
