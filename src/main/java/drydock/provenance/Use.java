package drydock.provenance;

import drydock.fs.TreePath;
import drydock.runtime.Container;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A container that has to do with a file. Null is unknown or not there.
 *
 * @param layer the number of the container's layer that it lies in, 0 the top one
 * @param mount where what it lies in is mounted
 * @param path where the container has it, or would if nothing hid it
 * @param why what hides it, or why what is mounted there is a guess
 */
public record Use(
    Container container,
    By by,
    @Nullable Integer layer,
    @Nullable TreePath mount,
    @Nullable TreePath path,
    @Nullable Seen seen,
    @Nullable String why) {
  /** How the container has it. */
  public enum By {
    LAYER,
    MOUNT,
    STATE,
    LOG,
    CHECKPOINT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that keeps something outside of the container's own files. */
  static Use of(Container container, By by) {
    return new Use(container, by, null, null, null, null, null);
  }

  /** The same of something that is not there. */
  Use unseen() {
    return new Use(container, by, layer, mount, path, null, null);
  }
}
