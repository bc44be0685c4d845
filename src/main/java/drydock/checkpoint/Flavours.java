package drydock.checkpoint;

import java.util.List;

/** The list of engines, in the order of asking: one line each. */
final class Flavours {
  private static final List<Flavour> ALL =
      List.of(new PodmanFlavour(), new CrioFlavour(), new ContainerdFlavour(), new BareFlavour());

  private Flavours() {}

  static Flavour of(Documents documents) {
    for (Flavour each : ALL) {
      if (each.wrote(documents)) {
        return each;
      }
    }
    throw new IllegalStateException("the last one takes all");
  }
}
