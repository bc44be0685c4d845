package drydock.checkpoint;

import org.jspecify.annotations.Nullable;

/** containerd's CRI: ten keys of a configuration, its status, and annotations of the spec. */
final class ContainerdFlavour implements Flavour {
  private static final String CRI = "io.kubernetes.cri.";

  @Override
  public Engine engine() {
    return Engine.CONTAINERD;
  }

  @Override
  public boolean wrote(Documents documents) {
    return documents.annotation(CRI + "container-type", CRI + "sandbox-id") != null
        || documents.status().isPresent()
        || documents
            .config()
            .filter(config -> String.valueOf(config.text("runtime")).startsWith("io.containerd."))
            .isPresent();
  }

  @Override
  public ContainerFacts facts(Documents documents) {
    FactCollector facts = new FactCollector(documents);
    facts.fullName = facts.name;
    facts.name = known(documents.annotation(CRI + "container-name"), facts.name);
    facts.pod = known(documents.annotation(CRI + "sandbox-name"), facts.pod);
    facts.namespace = known(documents.annotation(CRI + "sandbox-namespace"), facts.namespace);
    facts.podUid = known(documents.annotation(CRI + "sandbox-uid"), facts.podUid);
    facts.podId = documents.annotation(CRI + "sandbox-id");
    facts.image = known(facts.image, documents.annotation(CRI + "image-name"));
    facts.imageId =
        documents.config().map(config -> config.text("rootfsImageRef")).orElse(facts.imageId);
    return facts.facts();
  }

  private static @Nullable String known(@Nullable String value, @Nullable String other) {
    return value == null ? other : value;
  }
}
