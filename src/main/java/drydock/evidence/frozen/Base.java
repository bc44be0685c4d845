package drydock.evidence.frozen;

import drydock.fs.FileTree;
import drydock.runtime.SnapshotLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a frozen container began with.
 *
 * @param tree the layers of its image, merged
 * @param links the same one by one, the top one first
 * @param config the image's configuration as stored; null is unknown
 * @param doubt why it may be another image; null when it is not
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Base(
    FileTree tree, List<SnapshotLink> links, byte @Nullable [] config, @Nullable String doubt) {}
