package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.cli.option.RowFeed;
import drydock.cli.option.ThreadsOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.HashAlgorithm;
import drydock.fs.TreeWalk;
import drydock.report.FileReport;
import drydock.report.FileRow;
import drydock.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The hashes of files and of all files in directories. */
@Command(
    name = "hash",
    footer = {
      "",
      "Example:",
      "  drydock hash node.qcow2 shop/web-0/web:/usr/bin/ps",
      "  drydock hash node.qcow2 shop/web-0/web:/ --md5 -o csv",
      "Hashed is the content of regular files; a file that cannot be read whole has no hash."
    })
final class HashCommand extends FileCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "/path on the node or CONTAINER:/path.")
  List<String> paths = new ArrayList<>();

  @Option(names = "--sha256", description = "SHA-256; so, too, where no hash is named.")
  boolean sha256;

  @Option(names = "--sha1", description = "SHA-1.")
  boolean sha1;

  @Option(names = "--md5", description = "MD5.")
  boolean md5;

  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputOption output = new OutputOption();

  HashCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Target> targets = targets(evidence, paths);
    Set<HashAlgorithm> wanted = wanted();
    List<String> names = wanted.stream().map(Hashing::column).toList();
    List<String> table = new ArrayList<>(names);
    table.addAll(List.of("size", "path"));
    Report<FileRow> report = new Report<>(FileReport.REPORT.columns(), table);
    for (String name : names) {
      report = new Report<>(report.with(FileReport.hash(name), false).columns(), table);
    }
    try (Progress progress = new Progress(console, common(), "hashing", -1)) {
      Hashing hashing = new Hashing(wanted, progress, log);
      output.<FileRow, FileRow>rows(
          console,
          report,
          threads.count(),
          hashing::hashed,
          feed -> each(evidence, targets, true, place -> hash(place, feed, log)));
    }
    return exitCode();
  }

  private Set<HashAlgorithm> wanted() {
    Set<HashAlgorithm> wanted = EnumSet.noneOf(HashAlgorithm.class);
    if (sha256 || !(sha1 || md5)) {
      wanted.add(HashAlgorithm.SHA256);
    }
    if (sha1) {
      wanted.add(HashAlgorithm.SHA1);
    }
    if (md5) {
      wanted.add(HashAlgorithm.MD5);
    }
    return wanted;
  }

  private static void hash(Place place, RowFeed<FileRow> feed, FindingLog log) throws IOException {
    FileMeta meta = place.node().meta();
    if (!meta.isDirectory() && !meta.isFile()) {
      throw notAFile(place, meta.type());
    }
    new TreeWalk(log)
        .walk(
            place.path(),
            place.node(),
            (path, node, each) -> {
              if (each.isFile()) {
                feed.add(place.row(path, node, each, log), each.size());
              }
            });
    feed.drain();
  }
}
