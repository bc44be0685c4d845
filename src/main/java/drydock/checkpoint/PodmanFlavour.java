package drydock.checkpoint;

import drydock.oci.Fields;
import java.util.Optional;

/** Podman: its whole configuration of the container ({@code libpod/container_config.go}). */
final class PodmanFlavour implements Flavour {
  @Override
  public Engine engine() {
    return Engine.PODMAN;
  }

  @Override
  public boolean wrote(Documents documents) {
    return "libpod".equals(documents.annotation("io.container.manager"))
        || documents.config().filter(config -> config.has("rootfsImageID")).isPresent();
  }

  @Override
  public ContainerFacts facts(Documents documents) {
    FactCollector facts = new FactCollector(documents);
    Optional<Fields> config = documents.config();
    facts.imageId = config.map(each -> each.text("rootfsImageID")).orElse(null);
    facts.podId = config.map(each -> each.text("pod")).orElse(null);
    facts.namespace = config.map(each -> each.text("namespace")).orElse(null);
    return facts.facts();
  }
}
