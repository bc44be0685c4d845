package drydock.runtime;

import drydock.bytes.Origin;
import java.util.Map;

/**
 * A runtime's namespace: {@code k8s.io}, {@code moby}, {@code default} ... Kubernetes' are of pods.
 */
public record Namespace(String engine, String name, Map<String, String> labels, Origin origin) {}
