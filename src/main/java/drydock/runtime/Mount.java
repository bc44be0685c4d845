package drydock.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mount of a container's spec, in the spec's order and words. */
public record Mount(
    String destination, @Nullable String type, @Nullable String source, List<String> options) {}
