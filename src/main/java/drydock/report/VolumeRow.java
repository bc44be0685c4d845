package drydock.report;

import drydock.evidence.PlacedVolume;
import drydock.runtime.PodRef;
import org.jspecify.annotations.Nullable;

/**
 * A volume to be shown.
 *
 * @param pod as an engine knows it; null where none does any more
 */
public record VolumeRow(PlacedVolume placed, @Nullable PodRef pod) {}
