package drydock.fs.ext4;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the tests break in a small file system, one thing at a time. Semantic damage: the
 * checksums are computed anew where the name does not say otherwise.
 */
final class Damages {
  /**
   * One thing broken.
   *
   * @param structure what kind of record is hit
   * @param name what is done to it, unique
   */
  record Damage(String structure, String name, Surgery.Sound sound, Operation operation) {
    /** The broken image, made anew; empty when it has nothing of that kind to be broken. */
    Optional<byte[]> image() throws IOException {
      Surgery surgery = new Surgery(sound);
      return operation.on(surgery) ? Optional.of(surgery.raw) : Optional.empty();
    }
  }

  /** What breaks; answers whether the image has what it would break. */
  @FunctionalInterface
  interface Operation {
    boolean on(Surgery surgery) throws IOException;
  }

  private final Surgery.Sound image;
  private final List<Damage> all = new ArrayList<>();

  private Damages(byte[] image) throws IOException {
    this.image = Surgery.Sound.of(image);
  }

  /** All that can be broken in an image. */
  static List<Damage> of(byte[] image) throws IOException {
    Damages damages = new Damages(image);
    new RecordDamages(damages).add();
    new MapDamages(damages).add();
    new NameDamages(damages).add();
    new AttributeDamages(damages).add();
    new ListedDamages(damages).add();
    return List.copyOf(damages.all);
  }

  void add(String structure, String name, Operation operation) {
    all.add(new Damage(structure, name, image, operation));
  }
}
