package drydock.runtime;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The orders in which lists are shown, the same for every engine: by namespace, pod, container,
 * created; ids break ties. Texts by their UTF-8 bytes; what is unknown comes first.
 *
 * <p>Written out, because what {@link Comparator#comparing} makes cannot be had from a class data
 * archive and costs more than the sorting of a list.
 */
public final class Orders {
  /** Texts by their UTF-8 bytes, unsigned; null first. */
  public static final Comparator<@Nullable String> TEXT = Orders::texts;

  public static final Comparator<Container> CONTAINERS = Orders::containers;

  public static final Comparator<Pod> PODS = Orders::pods;

  public static final Comparator<Image> IMAGES =
      (a, b) -> first(texts(a.namespace(), b.namespace()), texts(a.name(), b.name()));

  public static final Comparator<Snapshot> SNAPSHOTS = Orders::snapshots;

  /** Whole content before ingests. */
  public static final Comparator<Blob> CONTENT = Orders::blobs;

  public static final Comparator<Lease> LEASES =
      (a, b) -> first(texts(a.namespace(), b.namespace()), texts(a.id(), b.id()));

  public static final Comparator<Namespace> NAMESPACES = (a, b) -> texts(a.name(), b.name());

  private Orders() {}

  private static int containers(Container a, Container b) {
    int order = texts(a.namespace(), b.namespace());
    if (order == 0) {
      order = texts(podNamespace(a), podNamespace(b));
    }
    if (order == 0) {
      order = texts(podName(a), podName(b));
    }
    if (order == 0) {
      order = texts(a.name(), b.name());
    }
    if (order == 0) {
      order = times(a.state().created(), b.state().created());
    }
    return first(order, texts(a.id(), b.id()));
  }

  private static int pods(Pod a, Pod b) {
    int order = texts(a.runtimeNamespace(), b.runtimeNamespace());
    if (order == 0) {
      order = texts(a.namespace(), b.namespace());
    }
    if (order == 0) {
      order = texts(a.name(), b.name());
    }
    if (order == 0) {
      order = times(a.created(), b.created());
    }
    return first(order, texts(a.sandboxId(), b.sandboxId()));
  }

  private static int snapshots(Snapshot a, Snapshot b) {
    int order = texts(a.namespace(), b.namespace());
    if (order == 0) {
      order = texts(a.snapshotter(), b.snapshotter());
    }
    return order != 0 ? order : first(texts(a.key(), b.key()), texts(a.id(), b.id()));
  }

  private static int blobs(Blob a, Blob b) {
    int order = Boolean.compare(a.ref() != null, b.ref() != null);
    if (order == 0) {
      order = texts(a.namespace(), b.namespace());
    }
    if (order == 0) {
      order = texts(digest(a), digest(b));
    }
    return first(order, texts(a.ref(), b.ref()));
  }

  private static @Nullable String digest(Blob blob) {
    return blob.digest() == null ? null : blob.digest().toString();
  }

  private static @Nullable String podNamespace(Container container) {
    return container.pod() == null ? null : container.pod().namespace();
  }

  private static @Nullable String podName(Container container) {
    return container.pod() == null ? null : container.pod().name();
  }

  /** What decides: the second order where the first says nothing. */
  private static int first(int order, int next) {
    return order != 0 ? order : next;
  }

  private static int times(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a.compareTo(b);
  }

  private static int texts(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a.equals(b)) {
      return 0;
    }
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char one = a.charAt(i);
      char other = b.charAt(i);
      if (one != other) {
        return Integer.compare(rank(one), rank(other));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /**
   * A place in the order of UTF-8, where halves of a pair stand for characters above all others.
   */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }
}
