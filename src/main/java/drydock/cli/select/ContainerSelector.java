package drydock.cli.select;

import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Names a container: {@code [RUNTIME-NAMESPACE:]} and a full id, {@code [[NAMESPACE/]POD/]NAME}, or
 * an id's first characters, at least {@value #MIN_PREFIX}.
 *
 * <p>The first of these that fits anything decides: who types a container's whole name means it,
 * even where other ids begin like that. Containers that were restarted share their names; their ids
 * tell them apart.
 */
public final class ContainerSelector {
  private static final int MIN_PREFIX = 4;

  private final String text;

  public ContainerSelector(String text) {
    this.text = text;
  }

  public Match<Owned<Container>> among(List<Owned<Container>> all) {
    List<Owned<Container>> found = find(all, text);
    int colon = text.indexOf(':');
    if (found.isEmpty() && colon > 0) {
      String namespace = text.substring(0, colon);
      found = find(keep(all, c -> c.namespace().equals(namespace)), text.substring(colon + 1));
    }
    return found.isEmpty() ? new Match<>(List.of(), nearest(all)) : Match.of(found);
  }

  private static List<Owned<Container>> find(List<Owned<Container>> all, String wanted) {
    List<Owned<Container>> found = keep(all, c -> c.id().equals(wanted));
    if (found.isEmpty()) {
      found = keep(all, c -> names(c).contains(wanted));
    }
    if (found.isEmpty() && wanted.length() >= MIN_PREFIX) {
      found = keep(all, c -> c.id().startsWith(wanted));
    }
    return found;
  }

  private static List<Owned<Container>> keep(
      List<Owned<Container>> all, Predicate<Container> test) {
    return all.stream().filter(each -> test.test(each.thing())).toList();
  }

  /** Everything a container can be called by besides its id, the shortest first. */
  private static List<String> names(Container container) {
    List<String> names = new ArrayList<>();
    String name = container.name();
    PodRef pod = container.pod();
    if (name != null) {
      names.add(name);
      if (pod != null && pod.name() != null) {
        names.add(pod.name() + "/" + name);
        if (pod.namespace() != null) {
          names.add(pod.namespace() + "/" + pod.name() + "/" + name);
        }
      }
    }
    return names;
  }

  private List<String> nearest(List<Owned<Container>> all) {
    String wanted = text.substring(text.indexOf(':') + 1);
    long slashes = wanted.chars().filter(c -> c == '/').count();
    List<String> names = new ArrayList<>();
    for (Owned<Container> each : all) {
      List<String> called = names(each.thing());
      if (called.isEmpty()) {
        names.add(each.thing().id());
      } else {
        names.add(called.get((int) Math.min(slashes, called.size() - 1)));
      }
    }
    return NearestNames.to(wanted, names);
  }
}
