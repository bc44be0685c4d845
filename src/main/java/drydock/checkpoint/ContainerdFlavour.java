package drydock.checkpoint;

import drydock.oci.Digest;
import drydock.oci.RuntimeSpec;
import org.jspecify.annotations.Nullable;

/**
 * containerd's CRI: ten keys of a configuration, its status, and annotations of the spec; or {@code
 * ctr}, which has the spec and the annotations of an image.
 */
final class ContainerdFlavour implements Flavour {
  private static final String CRI = "io.kubernetes.cri.";
  private static final String CTR = "io.containerd.checkpoint.runtime";
  private static final String IMAGE = "org.opencontainers.image.ref.name";

  @Override
  public Engine engine() {
    return Engine.CONTAINERD;
  }

  @Override
  public boolean wrote(Documents documents) {
    return documents.annotation(CRI + "container-type", CRI + "sandbox-id") != null
        || documents.status().isPresent()
        || documents.notes().annotation(CTR) != null
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
    ImageNotes notes = documents.notes();
    if (notes.annotation(CTR) != null) {
      String groups =
          documents
              .spec()
              .map(RuntimeSpec::linux)
              .map(linux -> linux == null ? null : linux.cgroupsPath())
              .orElse(null);
      facts.id = known(facts.id, CtrImage.id(groups));
      facts.image = known(facts.image, notes.annotation(IMAGE));
      facts.runtime = known(facts.runtime, notes.annotation(CTR));
      Digest base = notes.base();
      facts.imageDigest = known(facts.imageDigest, base == null ? null : base.toString());
    }
    return facts.facts();
  }

  private static @Nullable String known(@Nullable String value, @Nullable String other) {
    return value == null ? other : value;
  }
}
