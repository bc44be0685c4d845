package drydock.provenance;

import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import org.jspecify.annotations.Nullable;

/**
 * An image that has a layer, or a blob.
 *
 * @param layer the step that made it; null for a blob that is no layer
 */
public record ImageStep(Image image, @Nullable ImageLayer layer) {}
