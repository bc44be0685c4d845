package drydock.kubernetes;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.oci.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod was asked to be, where {@code kubectl apply} left it in an annotation of the pod; the
 * engine keeps a pod's annotations.
 */
public final class PodManifest {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private final Fields spec;

  private PodManifest(Fields spec) {
    this.spec = spec;
  }

  /** The manifest of a pod, if its annotations hold one that can be read. */
  public static Optional<PodManifest> of(Map<String, String> annotations, Origin origin) {
    String json = annotations.get(ANNOTATION);
    if (json == null) {
      return Optional.empty();
    }
    try {
      Origin at = origin.child(ANNOTATION);
      return Fields.parse(json.getBytes(StandardCharsets.UTF_8), at)
          .object("spec")
          .map(PodManifest::new);
    } catch (CorruptDataException e) {
      return Optional.empty(); // only an aid: without it the sub paths are guessed, which is said
    }
  }

  /** The sub path that one of a container's volumeMounts names, counted from 0. */
  public Optional<String> subPath(String container, int index) {
    List<Fields> all = new ArrayList<>(spec.objects("containers"));
    all.addAll(spec.objects("initContainers"));
    for (Fields each : all) {
      List<Fields> mounts = each.objects("volumeMounts");
      if (container.equals(each.text("name")) && index < mounts.size()) {
        return Optional.ofNullable(mounts.get(index).text("subPath"));
      }
    }
    return Optional.empty();
  }

  /** Whether a volume of the pod is an emptyDir that is kept in memory. */
  public boolean isInMemory(String volume) {
    return spec.objects("volumes").stream()
        .filter(each -> volume.equals(each.text("name")))
        .flatMap(each -> each.object("emptyDir").stream())
        .anyMatch(empty -> "Memory".equals(empty.text("medium")));
  }
}
