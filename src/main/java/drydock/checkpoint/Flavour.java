package drydock.checkpoint;

/** How an engine writes down what it knows of a container that it froze. */
interface Flavour {
  Engine engine();

  /** Whether the documents are this engine's. */
  boolean wrote(Documents documents);

  ContainerFacts facts(Documents documents);
}
