package drydock.checkpoint.network;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import org.jspecify.annotations.Nullable;

/**
 * One thing of a network.
 *
 * @param namespace CRIU's number of the network namespace
 * @param device the interface that it is of, by name or number; null where it is of none
 * @param text in a line, as ip(8) and conntrack(8) show it; of evidence, so to be escaped
 * @param details by field
 */
public record NetworkFact(
    long namespace,
    NetworkKind kind,
    Rendered.@Nullable Text device,
    Rendered.Text text,
    Rendered.Fields details,
    Origin origin) {}
