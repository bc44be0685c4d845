package drydock.fs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file system says of itself.
 *
 * @param type {@code ext4}, {@code directory}, {@code overlay} ...
 * @param state in plain words, e.g. {@code "clean"} or {@code "journal applied: 17 transactions"}
 * @param lastMounted the path where it was last mounted, as it says
 * @param size in bytes; null when it has none of its own
 * @param details everything else worth a line, in a fixed order
 */
public record FileSystemInfo(
    String type,
    @Nullable String label,
    @Nullable String uuid,
    @Nullable String state,
    @Nullable String lastMounted,
    @Nullable Long size,
    Map<String, String> details) {}
