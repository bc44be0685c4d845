package drydock.cli;

import drydock.runtime.Container;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target is of, for those kinds that keep a name or an identity: the same for the same
 * selection.
 *
 * @param label a short name for people
 * @param text what tells this selection from any other
 */
record ExportSubject(String label, String text) {
  private static final String NODE = "node";

  /** That of a container, or of the node where that is null, and of the paths that were chosen. */
  static ExportSubject of(@Nullable Container container, boolean volumes, List<String> paths) {
    String label = container == null ? NODE : container.name();
    String text = NODE;
    if (container != null) {
      text = container.engine() + ":" + container.namespace() + ":" + container.id();
      label = label == null ? container.id() : label;
    }
    return new ExportSubject(
        label == null ? NODE : label,
        text + (volumes ? " volumes" : "") + "\n" + String.join("\n", paths));
  }
}
