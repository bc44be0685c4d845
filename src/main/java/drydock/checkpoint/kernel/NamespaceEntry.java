package drydock.checkpoint.kernel;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace.
 *
 * @param kind as in /proc/PID/ns
 * @param id CRIU's number
 * @param isHost whether whoever made the dump was in it, too, so that it is not the container's
 *     own; null where the dump does not tell
 * @param pids of the processes in it, ascending
 * @param settings what its images say, by field; empty when there are none
 * @param origin of its first image, or of the images
 */
public record NamespaceEntry(
    String kind,
    long id,
    @Nullable Boolean isHost,
    List<Long> pids,
    Rendered.Fields settings,
    Origin origin) {}
