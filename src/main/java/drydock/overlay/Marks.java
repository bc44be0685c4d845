package drydock.overlay;

import drydock.bytes.CorruptDataException;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How overlayfs marks deleted, replaced and renamed things in a layer.
 *
 * <p>Attributes count only with the prefix of the mount: {@code trusted.overlay.} for one made by
 * root, {@code user.overlay.} for a rootless one ({@code userxattr}); those of the other kind are
 * ordinary. An overlay inside of an overlay has its own attributes stored with {@code overlay.}
 * twice; here they mean nothing and are shown with one taken off (kernel {@code xattrs.c}).
 */
public final class Marks {
  /** Of mounts made by root. */
  public static final Marks TRUSTED = new Marks("trusted.", true);

  /**
   * Of rootless mounts, which follow neither redirects nor metadata-only copies ({@code params.c}).
   */
  public static final Marks USER = new Marks("user.", false);

  /**
   * A redirect: names from the layers' root down when absolute, else one name beside the marked
   * one.
   */
  record Redirect(boolean absolute, List<Name> names) {
    TreePath under(TreePath directory) {
      TreePath path = directory;
      for (Name name : names) {
        path = path.child(name);
      }
      return path;
    }
  }

  private static final String OVERLAY = "overlay.";

  /** No system call takes a longer one (kernel limits.h, PATH_MAX); overlayfs writes 256 bytes. */
  static final int LONGEST_PATH = 4096;

  private final String space;
  private final String prefix;
  private final boolean followed;
  private final Name opaque;
  private final Name redirect;
  private final Name metacopy;
  private final Name whiteout;

  private Marks(String space, boolean followed) {
    this.space = space;
    this.prefix = space + OVERLAY;
    this.followed = followed;
    this.opaque = Name.of(prefix + "opaque");
    this.redirect = Name.of(prefix + "redirect");
    this.metacopy = Name.of(prefix + "metacopy");
    this.whiteout = Name.of(prefix + "whiteout");
  }

  /** What the names of the attributes that count begin with. */
  public String prefix() {
    return prefix;
  }

  /** Whether such a mount follows redirects and takes content from lower layers. */
  boolean followsRedirects() {
    return followed;
  }

  /**
   * Whether the node says that the name is deleted: a character device 0:0, or an empty file with
   * the attribute {@code whiteout}.
   */
  public boolean isWhiteout(Node node, FileMeta meta) throws IOException {
    if (meta.type() == NodeType.CHARACTER) {
      return Device.ZERO.equals(meta.device());
    }
    return meta.isFile() && meta.size() == 0 && node.attributes().containsKey(whiteout);
  }

  /** Whether a directory hides all that lower layers have in it. */
  public boolean isOpaque(Node directory) throws IOException {
    return opaqueIs(directory, 'y');
  }

  /** Whether files in a directory may be whiteouts by attribute. */
  boolean mayHoldFileWhiteouts(Node directory) throws IOException {
    return opaqueIs(directory, 'x');
  }

  private boolean opaqueIs(Node directory, char value) throws IOException {
    byte[] found = directory.attributes().get(opaque);
    return found != null && found.length == 1 && found[0] == value;
  }

  /** Whether a file has only metadata here, its content being in a lower layer. */
  public boolean isMetadataOnly(Node file) throws IOException {
    return file.attributes().containsKey(metacopy);
  }

  /**
   * Where lower layers hold what is to be merged with the node.
   *
   * @throws CorruptDataException when the attribute is no path that overlayfs would take
   */
  Optional<Redirect> redirect(Node node) throws IOException {
    byte[] stored = node.attributes().get(redirect);
    if (stored == null) {
      return Optional.empty();
    }
    if (stored.length > LONGEST_PATH) {
      throw new CorruptDataException(
          node.origin(),
          0,
          "a redirect longer than any path",
          stored.length + " bytes",
          "at most " + LONGEST_PATH);
    }
    byte[] value = untilZero(stored);
    boolean absolute = value.length > 0 && value[0] == '/';
    List<Name> names = TreePath.of(value).names();
    if (!isSound(value, absolute, names)) {
      throw new CorruptDataException(
          node.origin(), 0, "an invalid redirect", Name.of(stored).toString(), "a name or a path");
    }
    return Optional.of(new Redirect(absolute, names));
  }

  /** The kernel takes neither empty components nor {@code .} and {@code ..}. */
  private static boolean isSound(byte[] value, boolean absolute, List<Name> names) {
    int bytes = 0;
    for (Name name : names) {
      bytes += name.length() + 1;
    }
    return !names.isEmpty()
        && names.stream().noneMatch(Name::isDotOrDotDot)
        && bytes == value.length + (absolute ? 0 : 1)
        && (absolute || names.size() == 1);
  }

  private static byte[] untilZero(byte[] value) {
    for (int i = 0; i < value.length; i++) {
      if (value[i] == 0) {
        return Arrays.copyOf(value, i);
      }
    }
    return value;
  }

  private boolean hasMarks(SortedMap<Name, byte[]> stored) {
    for (Name name : stored.keySet()) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The attributes as the merged view shows them. */
  SortedMap<Name, byte[]> shown(SortedMap<Name, byte[]> stored) {
    if (!hasMarks(stored)) {
      return stored;
    }
    String escaped = prefix + OVERLAY;
    SortedMap<Name, byte[]> shown = new TreeMap<>();
    for (Map.Entry<Name, byte[]> attribute : stored.entrySet()) {
      Name name = attribute.getKey();
      if (name.startsWith(escaped)) {
        byte[] bytes = name.bytes();
        byte[] once = Arrays.copyOf(bytes, bytes.length - OVERLAY.length());
        int from = space.length() + OVERLAY.length();
        System.arraycopy(bytes, from, once, space.length(), bytes.length - from);
        shown.put(Name.of(once), attribute.getValue());
      } else if (!name.startsWith(prefix)) {
        shown.put(name, attribute.getValue());
      }
    }
    return Collections.unmodifiableSortedMap(shown);
  }
}
