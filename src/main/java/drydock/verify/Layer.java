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
 * @param stored whether the archive is in the content store
 * @param snapshot the unpacked layer's directory on the node; null where there is none
 * @param directory what is there; null where there is nothing
 * @param absence why there is nothing to compare
 * @param wholeTree whether it has the files of all layers below, too
 * @param below the layers below, the topmost first
 */
record Layer(
    @Nullable Digest digest,
    @Nullable Digest diffId,
    long size,
    List<String> images,
    boolean stored,
    @Nullable String snapshot,
    @Nullable Node directory,
    @Nullable String absence,
    boolean wholeTree,
    List<FileTree> below,
    Origin origin) {}
