package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.Problem;
import drydock.cli.option.Progress;
import drydock.cli.option.ThreadsOption;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.Escape;
import drydock.report.EventFormat;
import drydock.runtime.Container;
import drydock.timeline.BodyFileWriter;
import drydock.timeline.EventFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
      "  drydock timeline node.qcow2 -o jsonl --since 2026-11-22 --kind file,container",
      "A body file is for programs that sort it: mactime, plaso. Paths in containers",
      "have CONTAINER: before them, as it was typed. What is deleted is marked",
      "(deleted) or (deleted-realloc). The other formats are sorted by time, and have",
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

  @Option(names = "--fraction", description = "Times with nanoseconds: 1763771129.123456789.")
  boolean fraction;

  @Option(names = "--md5", description = "Add the MD5 of each regular file's content.")
  boolean md5;

  @Option(names = "--no-deleted", description = "Leave out deleted names and files.")
  boolean noDeleted;

  @Mixin EventOptions events = new EventOptions();
  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputFileOption output = new OutputFileOption();

  TimelineCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    EventFormat sorted = format.events();
    if (sorted == null && events.areUsed()) {
      throw usage("a body file has all files and no events; choose -o jsonl, csv or l2tcsv");
    }
    if (sorted != null && (md5 || fraction)) {
      throw usage("--md5 and --fraction are for body files; events have nanoseconds always");
    }
    List<Owned<Container>> containers = new ArrayList<>();
    for (String selector : selectors) {
      containers.add(container(evidence, selector));
    }
    try (Progress progress = new Progress(console, common(), "reading", -1)) {
      return sorted == null
          ? bodyFile(evidence, containers, progress, log)
          : events(evidence, containers, sorted, progress, log);
    }
  }

  private int bodyFile(
      Evidence evidence, List<Owned<Container>> containers, Progress progress, FindingLog log)
      throws IOException {
    BodyFileWriter writer = new BodyFileWriter(fraction, md5, !noDeleted, threads.count(), log);
    AtomicInteger exit = new AtomicInteger(ExitCode.DONE);
    output.use(
        console,
        out -> {
          if (containers.isEmpty()) {
            writer.write(evidence.node(), "", out, progress::add);
          }
          exit.set(
              each(
                  containers,
                  (each, typed) ->
                      writer.write(
                          each.runtime().rootFs(each.thing()), typed + ":", out, progress::add)));
        });
    return exit.get();
  }

  /** Nothing is written before all is sorted. */
  private int events(
      Evidence evidence,
      List<Owned<Container>> containers,
      EventFormat sorted,
      Progress progress,
      FindingLog log)
      throws IOException {
    TemporaryFiles scratch = new TemporaryFiles(output.file());
    EventFilter filter = events.filter();
    try (EventTimeline timeline =
        new EventTimeline(filter, sorted, scratch, threads.count(), log)) {
      if (containers.isEmpty()) {
        timeline.addAll(evidence);
        timeline.addNodeFiles(evidence, !noDeleted, progress::add);
      } else {
        timeline.add(evidence, containers);
      }
      int exit =
          each(containers, (each, typed) -> timeline.addFiles(each, !noDeleted, progress::add));
      output.use(console, timeline::writeTo);
      return exit;
    }
  }

  /** Works on one container. */
  @FunctionalInterface
  private interface Work {
    void on(Owned<Container> container, String typed) throws IOException;
  }

  /** Works on each; says what is wrong with one that has no files that can be read. */
  private int each(List<Owned<Container>> containers, Work work) throws IOException {
    int exit = ExitCode.DONE;
    for (int i = 0; i < containers.size(); i++) {
      String typed = selectors.get(i);
      try {
        work.on(containers.get(i), typed);
      } catch (IOException e) {
        if (console.out().isClosedByReader()) {
          throw e;
        }
        console.say("drydock: " + Escape.text(typed) + ": " + Problem.of(e));
        exit = ExitCode.COULD_NOT;
      }
    }
    return exit;
  }
}
