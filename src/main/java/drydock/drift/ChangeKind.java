package drydock.drift;

import java.util.Locale;

/** What happened to a path. */
public enum ChangeKind {
  /** Nothing was there before. */
  ADDED,
  /** The content of a file, the target of a link or the number of a device is another. */
  MODIFIED,
  /** The content is the same; mode, owner, time of modification or attributes are not. */
  METADATA,
  /** It is there no more. */
  DELETED,
  /** Its type is another, or it is a directory that was made anew. */
  REPLACED,
  /** A directory, or a file of which only metadata were copied, that had another path before. */
  MOVED,
  /** Copied to the upper layer, and the same as before. */
  TOUCHED;

  /** The name in records. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
