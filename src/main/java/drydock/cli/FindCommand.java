package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.cli.option.RowFeed;
import drydock.cli.option.ThreadsOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.OrderedWork;
import drydock.fs.TreeWalk;
import drydock.report.FileReport;
import drydock.report.FileRow;
import drydock.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files below a directory that fit every test that is given. */
@Command(
    name = "find",
    footer = {
      "",
      "Example:",
      "  drydock find node.qcow2 shop/web-0/web:/ --name '*.php' --layer 0",
      "  drydock find node.qcow2 /home --type file --since 2026-11-22 --hash",
      "Links are not followed but those in PATH. TIME is UTC: 2026-11-22 or 2026-11-22T01:00:00Z."
    })
final class FindCommand extends FileCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "/path on the node or CONTAINER:/path; / of the node without it.")
  List<String> paths = new ArrayList<>();

  @Mixin FindTests tests = new FindTests();

  @Option(names = "--hash", description = "Add the SHA-256 of each regular file's content.")
  boolean hash;

  @Option(
      names = "--max-depth",
      paramLabel = "N",
      description = "Go no more than N levels below PATH; 0 is PATH itself.")
  int maxDepth = Integer.MAX_VALUE;

  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputOption output = new OutputOption();

  FindCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Target> targets = targets(evidence, paths.isEmpty() ? List.of("/") : paths);
    Report<FileRow> report = FileReport.REPORT;
    if (hash) {
      report = report.with(FileReport.hash("sha256"), true);
    }
    try (Progress progress = new Progress(console, common(), "searching", -1)) {
      Hashing hashing = new Hashing(Set.of(HashAlgorithm.SHA256), progress, log);
      output.<Candidate, FileRow>rows(
          console,
          report,
          threads.count(),
          (each, running) -> found(each, hashing, running),
          feed -> each(evidence, targets, true, place -> search(place, progress, feed, log)));
    }
    return exitCode();
  }

  /** A file, and what it has to be. */
  private record Candidate(FileRow file, FileTest test) {}

  private @Nullable FileRow found(Candidate candidate, Hashing hashing, OrderedWork.Running running)
      throws IOException {
    FileRow file = candidate.file;
    if (!candidate.test.fits(file)) {
      return null;
    }
    return hash ? hashing.hashed(file, running) : file;
  }

  private void search(Place place, Progress progress, RowFeed<Candidate> feed, FindingLog log)
      throws IOException {
    FileTest test = tests.test(new Accounts(place.tree()));
    new TreeWalk(log)
        .walk(
            place.path(),
            place.node(),
            maxDepth,
            (path, node, meta) -> {
              progress.add(0, 1, path);
              Candidate candidate = new Candidate(place.row(path, node, meta, log), test);
              feed.add(candidate, hash && meta.isFile() ? meta.size() : 0);
            });
    feed.drain();
  }
}
