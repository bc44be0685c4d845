package drydock.fs.ext4;

import drydock.fs.ext4.Feature.Kind;
import java.util.ArrayList;
import java.util.List;

/** The three words of feature flags in a superblock. */
public record Features(int compatible, int incompatible, int readOnly) {
  private static final int EXT3_INCOMPATIBLE =
      Feature.FILETYPE.mask() | Feature.NEEDS_RECOVERY.mask() | Feature.META_BG.mask();
  private static final int EXT3_READ_ONLY =
      Feature.SPARSE_SUPER.mask() | Feature.LARGE_FILE.mask() | Feature.BTREE_DIR.mask();

  public boolean has(Feature feature) {
    return (word(feature.kind()) & feature.mask()) != 0;
  }

  /**
   * The names of all that are set, in dumpe2fs's order; {@code FEATURE_I20} is one without a name.
   */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (Kind kind : List.of(Kind.COMPATIBLE, Kind.INCOMPATIBLE, Kind.READ_ONLY)) {
      labels.addAll(labels(kind, word(kind)));
    }
    return List.copyOf(labels);
  }

  /** The names of the incompatible flags that this reader knows nothing of. */
  List<String> unknownIncompatible() {
    int unknown = incompatible;
    for (Feature feature : Feature.values()) {
      if (feature.kind() == Kind.INCOMPATIBLE) {
        unknown &= ~feature.mask();
      }
    }
    return labels(Kind.INCOMPATIBLE, unknown);
  }

  /** {@code ext2}, {@code ext3} or {@code ext4}: the oldest that knows all the flags. */
  public String fileSystem() {
    if ((incompatible & ~EXT3_INCOMPATIBLE) != 0 || (readOnly & ~EXT3_READ_ONLY) != 0) {
      return "ext4";
    }
    return has(Feature.HAS_JOURNAL) ? "ext3" : "ext2";
  }

  private int word(Kind kind) {
    return switch (kind) {
      case COMPATIBLE -> compatible;
      case INCOMPATIBLE -> incompatible;
      case READ_ONLY -> readOnly;
    };
  }

  private static List<String> labels(Kind kind, int word) {
    List<String> labels = new ArrayList<>();
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      int mask = 1 << bit;
      if ((word & mask) != 0) {
        labels.add(label(kind, mask, bit));
      }
    }
    return labels;
  }

  private static String label(Kind kind, int mask, int bit) {
    for (Feature feature : Feature.values()) {
      if (feature.kind() == kind && feature.mask() == mask) {
        return feature.label();
      }
    }
    return "FEATURE_" + kind.letter() + bit;
  }
}
