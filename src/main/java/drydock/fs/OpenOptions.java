package drydock.fs;

/**
 * How a file system is to be opened.
 *
 * @param applyJournal whether what is committed in the journal is shown as if it were in its place
 *     (as the kernel would after recovery); else the disk as it lies there
 * @param devices where to look for a journal that lies on another device
 */
public record OpenOptions(boolean applyJournal, Devices devices) {
  public static final OpenOptions DEFAULT = new OpenOptions(true);

  /** With no device but the file system's own. */
  public OpenOptions(boolean applyJournal) {
    this(applyJournal, Devices.NONE);
  }
}
