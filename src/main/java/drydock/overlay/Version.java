package drydock.overlay;

import org.jspecify.annotations.Nullable;

/**
 * What one layer made of a path.
 *
 * @param layer the number of the layer that made it so
 * @param at what is there, as it lies in its layer; of a deleted path the mark that deletes it or
 *     one of its directories
 * @param form what it is to the overlay
 * @param shown what the view was from that layer down; null where the layer deleted it
 */
public record Version(int layer, LayerNode at, Form form, @Nullable OverlayNode shown) {
  /** What a node of a layer is to the overlay. */
  public enum Form {
    /** Nothing but what it is. */
    PLAIN,
    WHITEOUT,
    /** A directory that hides what the layers below have in it. */
    OPAQUE,
    /** What the layers below have under another name. */
    REDIRECT,
    /** A file's metadata without its content. */
    METACOPY
  }

  /** Whether the layer only took the path away. */
  public boolean isDeletion() {
    return shown == null;
  }
}
