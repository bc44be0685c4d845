package drydock.fs.tar;

import drydock.fs.FileMeta;
import drydock.fs.Name;

/**
 * How the archive of a layer says that a name of the layers below was deleted: by an entry {@code
 * .wh.NAME}; and by {@code .wh..wh..opq} that all of a directory was (OCI image-spec, layer.md,
 * "Whiteouts").
 */
public enum Deletions {
  /** Every entry of such a name, whatever it is: so do engines unpack the layers of images. */
  BY_NAME {
    @Override
    boolean isMark(FileMeta meta) {
      return true;
    }
  },
  /**
   * Empty files without any permission, as containerd writes what a container changed (archive/
   * tar.go, HandleChange); a file of such a name that is anything else was there itself.
   */
  EMPTY_FILES {
    @Override
    boolean isMark(FileMeta meta) {
      return meta.isFile() && meta.size() == 0 && meta.permissions() == 0;
    }
  },
  /** Not at all: what has such a name was there. */
  NONE {
    @Override
    boolean isMark(FileMeta meta) {
      return false;
    }
  };

  /** What the name of such an entry begins with. */
  public static final String PREFIX = ".wh.";

  /** The entry that hides all that the layers below have in its directory. */
  public static final Name OPAQUE = Name.of(".wh..wh..opq");

  private static final String OF_AUFS = ".wh..wh.";

  /** Whether an entry of a name that begins with the prefix is a mark, and no file. */
  abstract boolean isMark(FileMeta meta);

  static boolean mayBeMark(Name name) {
    return name.startsWith(PREFIX);
  }

  /** The name that such an entry says was deleted; it may be empty or one of the dots. */
  public static Name deleted(Name mark) {
    byte[] bytes = mark.bytes();
    return Name.of(bytes, PREFIX.length(), bytes.length - PREFIX.length());
  }

  /** Whether a name can have been deleted: not the bookkeeping of AUFS, and no dots. */
  static boolean isDeletable(Name mark) {
    Name name = deleted(mark);
    return name.length() > 0 && !name.isDotOrDotDot() && !mark.startsWith(OF_AUFS);
  }
}
