package drydock.runtime.containerd;

import drydock.finding.FindingLog;
import drydock.oci.Digest;
import drydock.runtime.Image;
import drydock.runtime.Orders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images of all namespaces, with what of them is in the content store. */
final class Images {
  private final ImageNames names;
  private final ImageContent content;
  private final ContentStore store;
  private final FindingLog log;

  Images(ImageNames names, ImageContent content, ContentStore store, FindingLog log) {
    this.names = names;
    this.content = content;
    this.store = store;
    this.log = log;
  }

  List<Image> list() throws IOException {
    List<Image> images = new ArrayList<>();
    for (ImageRecord record : names.list()) {
      images.add(image(record));
    }
    images.sort(Orders.IMAGES);
    return List.copyOf(images);
  }

  private Image image(ImageRecord record) throws IOException {
    Digest target = record.target();
    return new Image(
        ContainerdRuntime.ENGINE,
        record.namespace(),
        record.name(),
        target,
        record.mediaType(),
        target == null ? List.of() : platforms(target, record),
        target == null ? null : size(target),
        record.created(),
        record.updated(),
        record.labels(),
        record.origin());
  }

  private List<String> platforms(Digest target, ImageRecord record) {
    try {
      return content.platforms(target);
    } catch (IOException e) {
      log.add(e, record.origin());
      return List.of();
    }
  }

  /** Of all content that is present; null when not even the target is. */
  private @Nullable Long size(Digest target) throws IOException {
    long sum = 0;
    boolean any = false;
    for (Digest digest : content.reachable(target, null).keySet()) {
      Optional<Long> size = store.size(digest);
      any |= size.isPresent();
      sum += size.orElse(0L);
    }
    return any ? sum : null;
  }
}
