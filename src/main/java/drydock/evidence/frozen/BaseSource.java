package drydock.evidence.frozen;

import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Engine;
import java.io.IOException;
import java.util.Optional;

/** Where the layers of images may be. */
public interface BaseSource {
  /**
   * What a container began with; empty when it is not here.
   *
   * @param engine that ran it
   */
  Optional<Base> find(ContainerFacts container, Engine engine) throws IOException;
}
