package drydock.fs;

/**
 * How a file system is to be opened.
 *
 * @param applyJournal whether what is committed in the journal is shown as if it were in its place
 *     (as the kernel would after recovery); else the disk as it lies there
 */
public record OpenOptions(boolean applyJournal) {
  public static final OpenOptions DEFAULT = new OpenOptions(true);
}
