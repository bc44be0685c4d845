package drydock.cli.select;

import drydock.oci.Digest;
import drydock.oci.ImageReference;
import drydock.runtime.Image;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Names an image: {@code [RUNTIME-NAMESPACE:]} and a reference as it is stored or as people shorten
 * it, a digest, or a digest's first digits, at least {@value #MIN_PREFIX}. Several names of one
 * digest are one image; the same in two namespaces are two.
 */
public final class ImageSelector {
  private static final int MIN_PREFIX = 4;

  private final String text;

  public ImageSelector(String text) {
    this.text = text;
  }

  public Match<Owned<Image>> among(List<Owned<Image>> all) {
    List<Owned<Image>> found = find(all, text);
    int colon = text.indexOf(':');
    if (found.isEmpty() && colon > 0) {
      String namespace = text.substring(0, colon);
      found = find(keep(all, i -> i.namespace().equals(namespace)), text.substring(colon + 1));
    }
    if (found.isEmpty()) {
      List<String> names = new ArrayList<>();
      for (Owned<Image> each : all) {
        names.add(each.thing().name());
        ImageReference.parse(each.thing().name()).ifPresent(name -> names.add(name.familiar()));
      }
      return new Match<>(List.of(), NearestNames.to(text, names));
    }
    return Match.of(onePerDigest(found));
  }

  private static List<Owned<Image>> find(List<Owned<Image>> all, String text) {
    List<Owned<Image>> found = keep(all, image -> image.name().equals(text));
    if (found.isEmpty()) {
      Optional<String> wanted = whole(text);
      found = keep(all, image -> wanted.isPresent() && whole(image.name()).equals(wanted));
    }
    if (found.isEmpty()) {
      String hex = text.replaceFirst("^sha(256|512):", "");
      boolean digits = hex.length() >= MIN_PREFIX && hex.matches("[0-9a-f]+");
      found = digits ? keep(all, image -> hasDigest(image, hex)) : found;
    }
    return found;
  }

  private static boolean hasDigest(Image image, String hex) {
    Digest digest = image.digest();
    return (digest != null && digest.hex().startsWith(hex))
        || Digest.parse(image.name()).filter(d -> d.hex().startsWith(hex)).isPresent();
  }

  /** {@code nginx} as {@code docker.io/library/nginx:latest}. */
  private static Optional<String> whole(String name) {
    return ImageReference.parse(name).map(reference -> reference.withDefaultTag().toString());
  }

  private static List<Owned<Image>> onePerDigest(List<Owned<Image>> found) {
    Map<Object, Owned<Image>> kept = new LinkedHashMap<>();
    for (Owned<Image> each : found) {
      Image image = each.thing();
      Object key =
          List.of(image.namespace(), image.digest() == null ? image.name() : image.digest());
      Owned<Image> other = kept.get(key);
      // A name that is only a digest says less than a reference.
      if (other == null || Digest.parse(other.thing().name()).isPresent()) {
        kept.put(key, each);
      }
    }
    return List.copyOf(kept.values());
  }

  private static List<Owned<Image>> keep(List<Owned<Image>> all, Predicate<Image> test) {
    return all.stream().filter(each -> test.test(each.thing())).toList();
  }
}
