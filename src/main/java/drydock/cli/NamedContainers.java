package drydock.cli;

import drydock.cli.select.Owned;
import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives each container the shortest name for which no other one would be taken. */
final class NamedContainers {
  private static final int SHORT_ID = 12;
  private static final String LONG_ID = "[0-9a-f]{64}";

  private NamedContainers() {}

  /** The containers by their names, in the same order. */
  static Map<String, Owned<Container>> of(List<Owned<Container>> all) {
    List<Function<Container, String>> ways =
        List.of(NamedContainers::name, NamedContainers::shortId, Container::id);
    List<Map<String, Integer>> counts = ways.stream().map(way -> count(all, way)).toList();
    Map<String, Owned<Container>> named = new LinkedHashMap<>();
    for (Owned<Container> each : all) {
      String name = each.thing().namespace() + ":" + each.thing().id();
      for (int i = ways.size() - 1; i >= 0; i--) {
        String candidate = ways.get(i).apply(each.thing());
        name = counts.get(i).getOrDefault(candidate, 0) == 1 ? candidate : name;
      }
      named.put(name, each);
    }
    return named;
  }

  private static Map<String, Integer> count(
      List<Owned<Container>> all, Function<Container, String> way) {
    Map<String, Integer> counts = new HashMap<>();
    all.forEach(each -> counts.merge(way.apply(each.thing()), 1, Integer::sum));
    return counts;
  }

  /** {@code NAMESPACE/POD/NAME}, as far as there is such; of a sandbox its id. */
  private static String name(Container container) {
    PodRef pod = container.pod();
    String name = container.name();
    if (name == null) {
      return shortId(container);
    }
    return pod == null || pod.name() == null || pod.namespace() == null
        ? name
        : pod.namespace() + "/" + pod.name() + "/" + name;
  }

  private static String shortId(Container container) {
    String id = container.id();
    return id.matches(LONG_ID) ? id.substring(0, SHORT_ID) : id;
  }
}
