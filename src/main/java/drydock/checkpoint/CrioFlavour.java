package drydock.checkpoint;

import drydock.oci.Fields;
import java.util.Optional;

/** CRI-O: ten keys of a configuration, and the rest as annotations of the spec. */
final class CrioFlavour implements Flavour {
  private static final String OWN = "io.kubernetes.cri-o.";

  @Override
  public Engine engine() {
    return Engine.CRIO;
  }

  @Override
  public boolean wrote(Documents documents) {
    return "cri-o".equals(documents.annotation("io.container.manager"))
        || documents.annotation(OWN + "SandboxID", OWN + "ContainerID") != null;
  }

  @Override
  public ContainerFacts facts(Documents documents) {
    FactCollector facts = new FactCollector(documents);
    facts.fullName = facts.name;
    Optional<Fields> metadata = documents.objectInAnnotation(OWN + "Metadata");
    String name = metadata.map(each -> each.text("name")).orElse(null);
    facts.name = name == null ? facts.name : name;
    facts.imageId = documents.annotation(OWN + "ImageRef");
    facts.podId = documents.annotation(OWN + "SandboxID");
    facts.pod = documents.annotation("io.kubernetes.pod.name", OWN + "KubeName");
    facts.namespace = documents.annotation("io.kubernetes.pod.namespace", OWN + "Namespace");
    facts.podUid = documents.annotation("io.kubernetes.pod.uid");
    for (int i = 0; documents.annotation(OWN + "IP." + i) != null; i++) {
      facts.ips.add(documents.annotation(OWN + "IP." + i));
    }
    return facts.facts();
  }
}
