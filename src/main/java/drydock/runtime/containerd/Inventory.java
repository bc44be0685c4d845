package drydock.runtime.containerd;

import drydock.runtime.Container;
import drydock.runtime.Pod;
import java.util.List;

/** The containers and pods of an engine, joined in one pass. */
record Inventory(List<Container> containers, List<Pod> pods) {}
