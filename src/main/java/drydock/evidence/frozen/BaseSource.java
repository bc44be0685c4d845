package drydock.evidence.frozen;

import drydock.checkpoint.ContainerFacts;
import java.io.IOException;
import java.util.Optional;

/** Where the layers of images may be. */
public interface BaseSource {
  /** What a container began with; empty when it is not here. */
  Optional<Base> find(ContainerFacts container) throws IOException;
}
