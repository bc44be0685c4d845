package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.select.ContainerSelector;
import drydock.cli.select.Match;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.report.ContainerReport;
import drydock.report.Escape;
import drydock.report.Rfc3339;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A command that asks the container engines of a node. */
abstract class EngineCommand extends EvidenceCommand {
  private static final int SHOWN_CANDIDATES = 20;
  private static final int SHORT_ID = 12;

  EngineCommand(Console console) {
    super(console);
  }

  /**
   * The container that a selector names or, where none is named, the one that a checkpoint is of;
   * null is the node.
   */
  final @Nullable Owned<Container> owner(Evidence evidence, @Nullable String selector)
      throws IOException {
    if (selector != null) {
      return container(evidence, selector);
    }
    if (evidence.frozen().isEmpty()) {
      return null;
    }
    List<Owned<Container>> all = Owned.all(evidence, Runtime::containers);
    return onlyContainer(Match.of(all), "/");
  }

  /** The container that a selector names; a usage error if there is none or more than one. */
  final Owned<Container> container(Evidence evidence, String selector) throws IOException {
    List<Owned<Container>> all = Owned.all(evidence, Runtime::containers);
    Match<Owned<Container>> match = new ContainerSelector(selector).among(all);
    return onlyContainer(match, selector);
  }

  /** The one container that fits, or the usage error. */
  final Owned<Container> onlyContainer(Match<Owned<Container>> match, String selector) {
    return only(match, "container", selector, EngineCommand::candidate);
  }

  /** The one match, or the usage error that says why there is none. */
  final <T> T only(Match<T> match, String kind, String selector, Function<T, String> candidate) {
    if (match.found().size() == 1) {
      return match.found().get(0);
    }
    String typed = "'" + Escape.text(selector) + "'";
    if (match.found().isEmpty()) {
      String nearest = String.join(", ", match.nearest());
      throw usage(
          "no "
              + kind
              + " is called "
              + typed
              + (nearest.isEmpty()
                  ? "; 'drydock list " + plural(kind, "s' or 'drydock list ") + "' shows all"
                  : "; nearest: " + Escape.text(nearest)));
    }
    int more = match.found().size() - SHOWN_CANDIDATES;
    throw usage(
        typed
            + " may mean "
            + match.found().size()
            + " "
            + plural(kind, "s or ")
            + "; say which one by more of its name or by its id:\n"
            + match.found().stream()
                .limit(SHOWN_CANDIDATES)
                .map(each -> "  " + candidate.apply(each))
                .collect(Collectors.joining("\n"))
            + (more > 0 ? "\n  and " + more + " more" : ""));
  }

  /** Of kinds such as {@code image or container}. */
  private static String plural(String kind, String between) {
    return kind.replace(" or ", between) + "s";
  }

  /** What tells a container from others: the selector that would name it, and its circumstances. */
  private static String candidate(Owned<Container> owned) {
    Container container = owned.thing();
    String id = container.id();
    var created = container.state().created();
    String text =
        container.namespace()
            + ":"
            + (id.matches("[0-9a-f]{64}") ? id.substring(0, SHORT_ID) : id)
            + "  "
            + ContainerReport.podText(container.pod())
            + "/"
            + (container.name() == null ? "-" : container.name())
            + (container.attempt() == null ? "" : "  attempt " + container.attempt())
            + (created == null ? "" : "  created " + Rfc3339.toTheSecond(created))
            + "  "
            + ContainerReport.statusText(container);
    return Escape.text(text);
  }
}
