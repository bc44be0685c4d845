package drydock.provenance;

import java.util.Locale;

/** Whether a container sees a file. */
public enum Seen {
  YES,
  /** A directory whose names it sees, under metadata of another layer. */
  MERGED,
  /** A file whose content it sees, under metadata of another layer. */
  CONTENT,
  /** It is a mark that hides a name from the container. */
  WHITEOUT,
  NO;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
