package drydock.report;

import drydock.evidence.ContainerMount;
import drydock.runtime.Container;

/** A mount to be shown, and the container that had it. */
public record MountRow(Container container, ContainerMount mount) {}
