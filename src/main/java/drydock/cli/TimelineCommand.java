package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.HideOption;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.Progress;
import drydock.cli.option.ThreadsOption;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.EventFormat;
import drydock.runtime.Container;
import drydock.runtime.Role;
import drydock.runtime.Runtime;
import drydock.timeline.BodyFileWriter;
import drydock.timeline.EventFilter;
import drydock.timeline.EventSort;
import drydock.timeline.Timeline;
import drydock.timeline.plot.Axis;
import drydock.timeline.plot.Plot;
import drydock.timeline.plot.Spread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All files of the node, or of containers' merged views, with their times, and what else was. */
@Command(
    name = "timeline",
    footer = {
      "",
      "Example:",
      "  drydock timeline node.qcow2 --output-file node.body",
      "  drydock timeline node.qcow2 shop/web-0/web --fraction",
      "  drydock timeline node.qcow2 --plot node.svg --logs",
      "  drydock timeline node.qcow2 -o jsonl --since 2026-11-22 --kind file,container",
      "A body file is for programs that sort it: mactime, plaso. Paths in containers",
      "have CONTAINER: before them, as it was typed. What is deleted is marked",
      "(deleted) or (deleted-realloc); so is what a layer hides. The other formats are sorted by time, and have",
      "what engines and the kubelet tell, too."
    })
final class TimelineCommand extends NodeCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "CONTAINER",
      description = "Its id, prefix or name; the whole node without it.")
  List<String> selectors = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by itself.")
  TimelineFormat format = TimelineFormat.BODYFILE;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw a picture of what happened when, an SVG, and write nothing else.")
  @Nullable Path plot;

  @Option(names = "--fraction", description = "Times with nanoseconds: 1763771129.123456789.")
  boolean fraction;

  @Option(names = "--md5", description = "Add the MD5 of each regular file's content.")
  boolean md5;

  @Option(names = "--no-deleted", description = "Leave out deleted names and files.")
  boolean noDeleted;

  @Option(
      names = "--containers",
      description = "All containers, each as it would be by its name; of the node no files.")
  boolean every;

  @Mixin ViewOptions views = new ViewOptions();
  @Mixin HideOption hide = new HideOption();
  @Mixin EventOptions events = new EventOptions();
  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputFileOption output = new OutputFileOption();

  TimelineCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return plot == null ? output : OutputFileOption.to(plot);
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    EventFormat sorted = format.events();
    check(sorted);
    if (plot != null && isOfNode(evidence)) {
      views.upper = true; // the node's files are theirs, too: shown is whose they are
    }
    Map<String, Owned<Container>> containers = containers(evidence);
    try (Progress progress = new Progress(console, common(), "reading", -1)) {
      if (plot != null) {
        return picture(evidence, containers, plot, progress, log);
      }
      return sorted == null
          ? bodyFile(evidence, containers, progress, log)
          : events(evidence, containers, sorted, progress, log);
    }
  }

  private void check(@Nullable EventFormat sorted) {
    if (plot != null && (output.file() != null || format != TimelineFormat.BODYFILE)) {
      throw usage("--plot writes a picture and nothing else: leave out -o and --output-file");
    }
    if (sorted == null && plot == null && events.areUsed()) {
      throw usage(
          "a body file has all files and no events; choose -o jsonl, csv, l2tcsv or --plot");
    }
    if ((sorted != null || plot != null) && (md5 || fraction)) {
      throw usage("--md5 and --fraction are for body files; events have nanoseconds always");
    }
    if (every && !selectors.isEmpty()) {
      throw usage("--containers is all of them; leave out their names, or the option");
    }
    if (views.upper && views.layers) {
      throw usage("--upper is one layer, --layers is each: type only one of them");
    }
    if (views.areLayers() && !every && selectors.isEmpty()) {
      throw usage("the node has no layers: name a container, or type --containers");
    }
    if (hide.isUsed() && !every) {
      throw usage("--hide and --support-file are for --containers");
    }
  }

  /** Those that are asked for, by what they are called in the result. */
  private Map<String, Owned<Container>> containers(Evidence evidence) throws IOException {
    if (every || (plot != null && isOfNode(evidence))) {
      Predicate<Container> hidden =
          every ? hide.hidden() : container -> container.role() == Role.SANDBOX;
      List<Owned<Container>> all = Owned.everything(evidence, Runtime::containers);
      List<Owned<Container>> shown =
          all.stream().filter(each -> !hidden.test(each.thing())).toList();
      if (every) {
        hide.tell(all.size() - shown.size(), "containers", console, common());
      }
      return NamedContainers.of(shown);
    }
    Map<String, Owned<Container>> named = new LinkedHashMap<>();
    for (String selector : selectors) {
      named.put(selector, container(evidence, selector));
    }
    Owned<Container> frozen = selectors.isEmpty() ? owner(evidence, null) : null;
    return frozen == null ? named : NamedContainers.of(List.of(frozen));
  }

  /** Whether it is the node whose files are asked for. */
  private boolean isOfNode(Evidence evidence) {
    return selectors.isEmpty() && !every && evidence.frozen().isEmpty();
  }

  private int bodyFile(
      Evidence evidence,
      Map<String, Owned<Container>> containers,
      Progress progress,
      FindingLog log)
      throws IOException {
    BodyFileWriter writer = new BodyFileWriter(fraction, md5, !noDeleted, threads.count(), log);
    ViewRun run = trees(evidence, log);
    AtomicInteger exit = new AtomicInteger(ExitCode.DONE);
    output.use(
        console,
        out -> {
          if (isOfNode(evidence)) {
            writer.write(evidence.node(), "", out, progress::add);
          }
          exit.set(
              run.each(
                  containers,
                  view -> writer.write(view.tree(), view.prefix(), out, progress::add)));
        });
    return exit.get();
  }

  /** Nothing is written before all is sorted. */
  private int events(
      Evidence evidence,
      Map<String, Owned<Container>> containers,
      EventFormat sorted,
      Progress progress,
      FindingLog log)
      throws IOException {
    EventFilter filter = events.filter();
    try (EventSort sort = new EventSort(new TemporaryFiles(output.file()))) {
      Timeline timeline = new Timeline(filter, sorted.text(), sort, threads.count(), log);
      EventTimeline into = new EventTimeline(filter, timeline, log);
      records(evidence, containers, into);
      logs(evidence, containers, into);
      if (isOfNode(evidence)) {
        into.addNodeFiles(evidence, !noDeleted, progress::add);
      }
      ViewRun run = trees(evidence, log);
      int exit = files(run, containers, into, progress);
      output.use(
          console,
          out -> {
            out.write(sorted.header().getBytes(StandardCharsets.UTF_8));
            timeline.writeTo(out);
          });
      return exit;
    }
  }

  /** Twice: what the engines tell says which times the picture is of. */
  private int picture(
      Evidence evidence,
      Map<String, Owned<Container>> containers,
      Path file,
      Progress progress,
      FindingLog log)
      throws IOException {
    EventFilter filter = events.filter();
    Spread spread = new Spread(filter, log);
    EventTimeline first = new EventTimeline(filter, spread, log);
    records(evidence, containers, first);
    logs(evidence, containers, first);
    ViewRun run = trees(evidence, log);
    int exit = files(run, containers, first, progress);
    if (isOfNode(evidence) && spread.isEmpty()) {
      first.addNodeFiles(evidence, !noDeleted, progress::add);
    }
    Plot plot = new Plot(Axis.of(spread, filter.since(), filter.until()), filter, log);
    EventTimeline into = new EventTimeline(filter, plot, log);
    records(evidence, containers, into);
    logs(evidence, containers, into);
    files(run, containers, into, progress);
    if (isOfNode(evidence)) {
      into.addNodeFiles(evidence, !noDeleted, progress::add);
    }
    OutputFileOption.to(file).use(console, out -> plot.writeTo(out, title()));
    return exit;
  }

  private String title() {
    Path name = evidencePath().getFileName();
    String what = selectors.isEmpty() ? "" : ", " + String.join(", ", selectors);
    return "drydock timeline of " + (name == null ? evidencePath() : name) + what;
  }

  private void records(
      Evidence evidence, Map<String, Owned<Container>> containers, EventTimeline into)
      throws IOException {
    List<Owned<Container>> some = List.copyOf(containers.values());
    if (selectors.isEmpty()) {
      into.addAll(evidence);
    } else {
      into.add(evidence, some);
    }
  }

  private void logs(Evidence evidence, Map<String, Owned<Container>> containers, EventTimeline into)
      throws IOException {
    into.addLogs(evidence, selectors.isEmpty() ? List.of() : List.copyOf(containers.values()));
  }

  /** The files of containers. */
  private int files(
      ViewRun run, Map<String, Owned<Container>> containers, EventTimeline into, Progress progress)
      throws IOException {
    return into.wantsFiles()
        ? run.each(containers, view -> into.addFiles(view, !noDeleted, progress::add))
        : ExitCode.DONE;
  }

  private ViewRun trees(Evidence evidence, FindingLog log) {
    return new ViewRun(console, evidence, views, !selectors.isEmpty(), log);
  }
}
