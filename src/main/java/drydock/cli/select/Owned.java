package drydock.cli.select;

import drydock.evidence.Evidence;
import drydock.finding.Finding;
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

  /** The engines of the evidence; that there are none is a finding. */
  public static List<Runtime> runtimes(Evidence evidence) throws IOException {
    List<Runtime> runtimes = evidence.runtimes();
    if (runtimes.isEmpty()) {
      evidence.tellOtherEngines();
      String what =
          "no container engine that can be read was found; --root names the directory of one";
      evidence.log().add(Finding.missing(evidence.origin(), what));
    }
    return runtimes;
  }

  /** The same for an answer on everything: what engines hold that are not read is a finding. */
  public static <T> List<Owned<T>> everything(Evidence evidence, Lister<T> lister)
      throws IOException {
    evidence.tellOtherEngines();
    return all(evidence, lister);
  }

  /** What all engines of the evidence hold, engine by engine. */
  public static <T> List<Owned<T>> all(Evidence evidence, Lister<T> lister) throws IOException {
    List<Owned<T>> all = new ArrayList<>();
    for (Runtime runtime : runtimes(evidence)) {
      for (T thing : lister.of(runtime)) {
        all.add(new Owned<>(runtime, thing));
      }
    }
    return all;
  }
}
