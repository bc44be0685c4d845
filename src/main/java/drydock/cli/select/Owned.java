package drydock.cli.select;

import drydock.evidence.Evidence;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Something that an engine holds, and the engine, which has to be asked for more. */
public record Owned<T>(Runtime runtime, T thing) {
  /** Asks an engine for what it holds of one kind. */
  @FunctionalInterface
  public interface Lister<T> {
    List<T> of(Runtime runtime) throws IOException;
  }

  /** What all engines of the evidence hold, engine by engine. */
  public static <T> List<Owned<T>> all(Evidence evidence, Lister<T> lister) throws IOException {
    List<Owned<T>> all = new ArrayList<>();
    for (Runtime runtime : evidence.runtimes()) {
      for (T thing : lister.of(runtime)) {
        all.add(new Owned<>(runtime, thing));
      }
    }
    return all;
  }
}
