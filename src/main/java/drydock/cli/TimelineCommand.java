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
import drydock.runtime.Container;
import drydock.timeline.BodyFileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All files of the node, or of containers' merged views, with their times. */
@Command(
    name = "timeline",
    footer = {
      "",
      "Example:",
      "  drydock timeline node.qcow2 --output-file node.body",
      "  drydock timeline node.qcow2 shop/web-0/web --fraction",
      "A body file is for programs that sort it: mactime, plaso. Paths in containers have CONTAINER:",
      "before them, as it was typed. What is deleted is marked (deleted) or (deleted-realloc)."
    })
final class TimelineCommand extends EngineCommand {
  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk, or a mounted root.")
  Path path = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "CONTAINER",
      description = "Its id, prefix or name; the node's own files without it.")
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

  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputFileOption output = new OutputFileOption();

  TimelineCommand(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Owned<Container>> containers = new ArrayList<>();
    for (String selector : selectors) {
      containers.add(container(evidence, selector));
    }
    BodyFileWriter writer = new BodyFileWriter(fraction, md5, !noDeleted, threads.count(), log);
    AtomicInteger exit = new AtomicInteger(ExitCode.DONE);
    try (Progress progress = new Progress(console, common(), "reading", -1)) {
      output.use(
          console,
          out -> {
            if (containers.isEmpty()) {
              writer.write(evidence.node(), "", out, progress::add);
            }
            for (int i = 0; i < containers.size(); i++) {
              if (!write(containers.get(i), selectors.get(i), writer, out, progress)) {
                exit.set(ExitCode.COULD_NOT);
              }
            }
          });
    }
    return exit.get();
  }

  /** Writes one container's files; says what is wrong when it has none that can be read. */
  private boolean write(
      Owned<Container> owned,
      String typed,
      BodyFileWriter writer,
      OutputStream out,
      Progress progress)
      throws IOException {
    try {
      writer.write(owned.runtime().rootFs(owned.thing()), typed + ":", out, progress::add);
      return true;
    } catch (IOException e) {
      if (console.out().isClosedByReader()) {
        throw e;
      }
      console.say("drydock: " + Escape.text(typed) + ": " + Problem.of(e));
      return false;
    }
  }
}
