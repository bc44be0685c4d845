package drydock.cli.select;

import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The containers that are known to support a cluster, as container-explorer keeps them in its
 * {@code supportcontainer.yaml}: lists of parts of image names, parts of pod or host names, and
 * labels as {@code name=value}; case counts in none of them.
 */
public record SupportFile(List<String> images, List<String> names, List<String> labels) {
  private static final int MAX_BYTES = 1 << 20;

  public static SupportFile read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large for a list of support containers");
    }
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    try (InputStream in = Files.newInputStream(file)) {
      Object loaded = new Load(settings).loadFromInputStream(in);
      if (!(loaded instanceof Map<?, ?> map)) {
        throw new IOException(file + ": no lists images, names or labels in it");
      }
      return new SupportFile(list(map, "images"), list(map, "names"), list(map, "labels"));
    } catch (YamlEngineException e) {
      throw new IOException(file + " is no YAML: " + firstLine(e.getMessage()), e);
    }
  }

  public boolean names(Container container) {
    PodRef pod = container.pod();
    String image = container.image();
    return (image != null && hasPart(images, untagged(image)))
        || hasPart(names, container.name())
        || hasPart(names, container.hostname())
        || hasPart(names, pod == null ? null : pod.name())
        || container.labels().entrySet().stream()
            .anyMatch(label -> labels.contains(lower(label.getKey() + "=" + label.getValue())));
  }

  private static boolean hasPart(List<String> parts, @Nullable String text) {
    return text != null && parts.stream().anyMatch(lower(text)::contains);
  }

  /** A reference without its tag and digest. */
  private static String untagged(String image) {
    int at = image.indexOf('@');
    String name = at < 0 ? image : image.substring(0, at);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }

  private static List<String> list(Map<?, ?> map, String key) {
    List<String> texts = new ArrayList<>();
    if (map.get(key) instanceof List<?> values) {
      for (Object value : values) {
        if (value != null && !value.toString().isEmpty()) {
          texts.add(lower(value.toString()));
        }
      }
    }
    return List.copyOf(texts);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
