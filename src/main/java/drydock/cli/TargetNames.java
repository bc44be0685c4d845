package drydock.cli;

import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of files for containers, {@code NAMESPACE_POD_CONTAINER_ID}: of letters that every file
 * system takes, no two alike, whatever the evidence calls them.
 */
final class TargetNames {
  private static final int MOST_OF_NAME = 40;
  private static final int MOST_OF_ID = 64;

  private final Set<String> given = new HashSet<>();

  String of(Container container) {
    PodRef pod = container.pod();
    String namespace =
        pod == null || pod.namespace() == null ? container.namespace() : pod.namespace();
    StringBuilder name = new StringBuilder(plain(namespace, MOST_OF_NAME));
    add(name, pod == null ? null : pod.name(), MOST_OF_ID);
    add(name, container.name(), MOST_OF_NAME);
    if (!container.id().equals(container.name())) {
      add(name, container.id(), MOST_OF_ID);
    }
    String base = name.toString();
    String unique = base;
    for (int i = 2; !given.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = base + "-" + i;
    }
    return unique;
  }

  private static void add(StringBuilder name, @Nullable String part, int most) {
    if (part != null && !part.isEmpty()) {
      name.append('_').append(plain(part, most));
    }
  }

  /** Letters, digits, dashes and dots inside; cut where it is too long. */
  private static String plain(String text, int most) {
    String plain = text.replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("^[.-]+", "");
    return plain.substring(0, Math.min(plain.length(), most)) + (plain.isEmpty() ? "x" : "");
  }
}
