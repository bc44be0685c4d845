package drydock.provenance;

import drydock.fs.DeletedName;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.kubernetes.Volume;
import drydock.runtime.Blob;
import drydock.runtime.Lease;
import drydock.runtime.PodRef;
import drydock.runtime.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose a path of the node is. Null is unknown or not there.
 *
 * @param path links in its directories followed, the last name itself
 * @param node what lies there; null when nothing does
 * @param erased a deleted name that was there, when nothing is now
 * @param engine whose directory it lies in
 * @param snapshots as each namespace that shares the directory knows it
 * @param inside where it lies in the snapshot
 * @param images those that have the layer or blob
 * @param volume the pod's
 * @param note what else there is to say
 */
public record Belonging(
    TreePath path,
    @Nullable Node node,
    @Nullable DeletedName erased,
    Kind kind,
    @Nullable String engine,
    List<Snapshot> snapshots,
    @Nullable TreePath inside,
    List<ImageStep> images,
    List<Use> uses,
    List<PodRef> pods,
    @Nullable Volume volume,
    List<Blob> blobs,
    List<Lease> leases,
    @Nullable String note) {
  /** The same where what lies there now is not what is meant. */
  public Belonging withoutNode() {
    return new Belonging(
        path,
        null,
        erased,
        kind,
        engine,
        snapshots,
        inside,
        images,
        uses.stream().map(Use::unseen).toList(),
        pods,
        volume,
        blobs,
        leases,
        note);
  }
}
