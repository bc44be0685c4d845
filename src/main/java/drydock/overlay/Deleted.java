package drydock.overlay;

import drydock.fs.Name;
import java.util.Optional;

/**
 * A name that a directory no longer shows.
 *
 * @param mark what hides it: a whiteout of that name, or the opaque directory around it
 * @param was what the layers below show there, merged; empty when they have nothing of that name
 */
public record Deleted(Name name, LayerNode mark, Optional<OverlayNode> was) {}
