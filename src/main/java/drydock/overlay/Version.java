package drydock.overlay;

import org.jspecify.annotations.Nullable;

/**
 * What one layer made of a path.
 *
 * @param layer the number of the layer that made it so
 * @param at what is there, as it lies in its layer; of a deleted path the mark that deletes it or
 *     one of its directories
 * @param shown what the view was from that layer down; null where the layer deleted it
 */
public record Version(int layer, LayerNode at, @Nullable OverlayNode shown) {
  /** Whether the layer only took the path away. */
  public boolean isDeletion() {
    return shown == null;
  }
}
