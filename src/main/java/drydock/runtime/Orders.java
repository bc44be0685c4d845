package drydock.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The orders in which lists are shown, the same for every engine: by namespace, pod, container,
 * created; ids break ties. Texts by their UTF-8 bytes; what is unknown comes first.
 */
public final class Orders {
  /** Texts by their UTF-8 bytes, unsigned; null first. */
  public static final Comparator<@Nullable String> TEXT = Comparator.nullsFirst(Orders::bytes);

  public static final Comparator<Container> CONTAINERS =
      Comparator.comparing(Container::namespace, TEXT)
          .thenComparing(c -> podField(c, PodRef::namespace), TEXT)
          .thenComparing(c -> podField(c, PodRef::name), TEXT)
          .thenComparing(Container::name, TEXT)
          .thenComparing(c -> c.state().created(), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Container::id, TEXT);

  public static final Comparator<Pod> PODS =
      Comparator.comparing(Pod::runtimeNamespace, TEXT)
          .thenComparing(Pod::namespace, TEXT)
          .thenComparing(Pod::name, TEXT)
          .thenComparing(Pod::created, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Pod::sandboxId, TEXT);

  public static final Comparator<Image> IMAGES =
      Comparator.comparing(Image::namespace, TEXT).thenComparing(Image::name, TEXT);

  public static final Comparator<Snapshot> SNAPSHOTS =
      Comparator.comparing(Snapshot::namespace, TEXT)
          .thenComparing(Snapshot::snapshotter, TEXT)
          .thenComparing(Snapshot::key, TEXT)
          .thenComparing(Snapshot::id, TEXT);

  /** Whole content before ingests. */
  public static final Comparator<Blob> CONTENT =
      Comparator.comparing((Blob b) -> b.ref() != null)
          .thenComparing(Blob::namespace, TEXT)
          .thenComparing(b -> b.digest() == null ? null : b.digest().toString(), TEXT)
          .thenComparing(Blob::ref, TEXT);

  public static final Comparator<Lease> LEASES =
      Comparator.comparing(Lease::namespace, TEXT).thenComparing(Lease::id, TEXT);

  public static final Comparator<Namespace> NAMESPACES =
      Comparator.comparing(Namespace::name, TEXT);

  private Orders() {}

  private static @Nullable String podField(
      Container container, Function<PodRef, @Nullable String> field) {
    PodRef pod = container.pod();
    return pod == null ? null : field.apply(pod);
  }

  private static int bytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
