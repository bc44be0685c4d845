package drydock.verify;

import drydock.bytes.Origin;
import drydock.fs.TreePath;
import drydock.oci.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was given, or of which that cannot be told.
 *
 * @param digest of the blob, document or layer's archive
 * @param images that have it, sorted
 * @param snapshot the unpacked layer's directory on the node; null of what is none
 * @param path in the layer; null of what concerns the whole
 * @param fields that differ, named as in file records
 * @param expected what they should be, by their names
 * @param found what they are
 * @param note why nothing can be told
 */
public record Difference(
    Kind object,
    @Nullable Digest digest,
    List<String> images,
    @Nullable String snapshot,
    @Nullable TreePath path,
    Change change,
    List<String> fields,
    Map<String, Object> expected,
    Map<String, Object> found,
    @Nullable String note,
    Origin origin) {
  /** Whether something differs; not where nothing can be told. */
  public boolean isOne() {
    return change != Change.UNVERIFIED;
  }

  /** What was verified. */
  public enum Kind {
    BLOB,
    /** An index, a manifest or a config, by what others say of it. */
    IMAGE,
    LAYER;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of it. */
  public enum Change {
    ADDED,
    MISSING,
    CHANGED,
    /** Another type of file is there. */
    REPLACED,
    /** Nothing is left, or nothing that can be read, to compare it with. */
    UNVERIFIED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
