package drydock.checkpoint;

/** A dump that no engine wrote anything beside, or one that we do not know. */
final class BareFlavour implements Flavour {
  @Override
  public Engine engine() {
    return Engine.NONE;
  }

  @Override
  public boolean wrote(Documents documents) {
    return true;
  }

  @Override
  public ContainerFacts facts(Documents documents) {
    return new FactCollector(documents).facts();
  }
}
