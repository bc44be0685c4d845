package drydock.verify;

import drydock.bytes.Origin;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer of images, and what was unpacked from it.
 *
 * @param digest of its archive; null where no document names one
 * @param diffId of the archive unpacked, as the images' config says
 * @param size of the archive in bytes, as the manifest says
 * @param images that have it, sorted
 * @param unread why the archive cannot be read; null where it can
 * @param snapshot the unpacked layer's directory on the node; null where there is none
 * @param directory what is there; null where there is nothing
 * @param absence why there is nothing to compare
 * @param form what of the layers below it has
 * @param below the layers below, the topmost first
 */
record Layer(
    @Nullable Digest digest,
    @Nullable Digest diffId,
    long size,
    List<String> images,
    @Nullable String unread,
    @Nullable String snapshot,
    @Nullable Node directory,
    @Nullable String absence,
    Form form,
    List<FileTree> below,
    Origin origin) {
  /** What a layer's directory holds. */
  enum Form {
    /** The files of a layer that none is below. */
    LOWEST,
    /** What differs from the layers below, marked as overlayfs does. */
    OVERLAY,
    /** A copy of the layer below and what differs. */
    WHOLE_TREE
  }
}
