package drydock.cli;

import drydock.cli.option.Declarations;
import drydock.timeline.EventFilter;
import drydock.timeline.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which events a timeline has. */
final class EventOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command = Declarations.emptySpec();

  @Option(names = "--no-files", description = "Leave out the times of files.")
  boolean noFiles;

  @Option(names = "--no-events", description = "Leave out what the engines and the kubelet tell.")
  boolean noEvents;

  @Option(names = "--logs", description = "Add the lines that containers wrote.")
  boolean logs;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      split = ",",
      description = "Only such events: container-exited, or all of container ...")
  List<String> kinds = new ArrayList<>();

  @Option(names = "--since", paramLabel = "TIME", description = "At that time or later.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before that time.")
  @Nullable String until;

  /** Whether one of these options was given. */
  boolean areUsed() {
    return noFiles || noEvents || logs || !kinds.isEmpty() || since != null || until != null;
  }

  /** What they ask for; a usage error if it makes no sense. */
  EventFilter filter() {
    OptionText texts = new OptionText(command);
    Instant from = texts.time("--since", since, Instant.MIN);
    Instant to = texts.time("--until", until, Instant.MAX);
    Set<EventKind> wanted =
        kinds.isEmpty() ? EnumSet.allOf(EventKind.class) : EnumSet.noneOf(EventKind.class);
    wanted.remove(EventKind.LOG_LINE);
    for (String word : kinds) {
      List<EventKind> called =
          Arrays.stream(EventKind.values()).filter(kind -> kind.isCalled(word)).toList();
      if (called.isEmpty()) {
        throw texts.wrong("--kind", word, "one of " + all());
      }
      wanted.addAll(called);
      if (!word.equals(EventKind.LOG_LINE.label())) {
        wanted.remove(EventKind.LOG_LINE); // of a group: lines are many
      }
    }
    if (noFiles) {
      wanted.remove(EventKind.FILE);
    }
    if (noEvents) {
      wanted.retainAll(EnumSet.of(EventKind.FILE, EventKind.LOG_LINE));
    }
    if (logs) {
      wanted.add(EventKind.LOG_LINE);
    }
    return new EventFilter(from, to, wanted);
  }

  private static String all() {
    return Arrays.stream(EventKind.values()).map(EventKind::label).collect(Collectors.joining(" "));
  }
}
