package drydock.checkpoint;

import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import java.io.IOException;
import java.util.Optional;

/**
 * How large the parts of a checkpoint are, in bytes.
 *
 * @param images all files of CRIU's directory
 * @param pages of memory among them: the files {@code pages-*.img}
 * @param rootFsDiff the archive of what changed in the root, as it is stored; 0 when there is none
 */
public record Sizes(long images, long pages, long rootFsDiff) {
  static Sizes of(Checkpoint checkpoint) throws IOException {
    long images = 0;
    long pages = 0;
    Optional<Node> directory = checkpoint.images();
    if (directory.isPresent()) {
      for (Entry entry : directory.get().list()) {
        FileMeta meta = entry.node().meta();
        long size = meta.isFile() ? meta.size() : 0;
        images += size;
        pages += entry.name().startsWith("pages-") ? size : 0;
      }
    }
    Optional<Node> diff = checkpoint.file("rootfs-diff.tar");
    return new Sizes(images, pages, diff.isEmpty() ? 0 : diff.get().meta().size());
  }
}
