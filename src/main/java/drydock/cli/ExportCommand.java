package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.Progress;
import drydock.cli.option.ThreadsOption;
import drydock.cli.select.Owned;
import drydock.cli.select.PathArgument;
import drydock.evidence.Evidence;
import drydock.evidence.OpenedDisk;
import drydock.export.Export;
import drydock.export.PartialFile;
import drydock.export.TreeSink;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Glob;
import drydock.fs.Lookup;
import drydock.fs.TreePath;
import drydock.report.Escape;
import drydock.runtime.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A container's file system, or a part of it or of the node, taken out with a manifest. */
@Command(
    name = "export",
    footer = {
      "",
      "Example:",
      "  drydock export node.qcow2 shop/web-0/web --to web.tar",
      "  drydock export node.qcow2 shop/web-0/web:/var/www --no-volumes --to www.tar",
      "  drydock export node.qcow2 shop/web-0/web --to web.ext4",
      "  drydock export node.qcow2 --path '/var/log/**/*.log' --to logs.tar",
      "Beside it a manifest is written: SHA-256, times, layer and place on the disk of each file."
    })
final class ExportCommand extends EngineCommand {
  /** What the name of a manifest adds to that of its target. */
  private static final String MANIFEST = ".manifest.jsonl";

  private static final String STANDARD_OUTPUT = "-";

  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk, or a mounted root.")
  Path path = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONTAINER",
      description = "Its id, prefix or name, or CONTAINER:/path; /path on the node.")
  @Nullable String selector;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TARGET",
      description =
          "What to write: NAME.tar, NAME.ext4 (a file system), or - for a tar archive on standard output.")
  String to = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}, whatever TARGET's name says.")
  @Nullable ExportKind format;

  @Option(
      names = "--path",
      paramLabel = "GLOB",
      description =
          "Only what has such a path, with all below it; * stops at slashes, ** does not. May be given several times.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Where the manifest goes; TARGET" + MANIFEST + " by itself.")
  @Nullable Path manifestFile;

  @Option(names = "--no-hash", description = "Leave the SHA-256 of files out of the manifest.")
  boolean noHash;

  @Mixin VolumesOption volumes = new VolumesOption();
  @Mixin ThreadsOption threads = new ThreadsOption();

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return new OutputFileOption();
  }

  /** A tree, and what of it is to be taken. */
  private record Part(
      @Nullable Owned<Container> owner,
      FileTree tree,
      Predicate<TreePath> chosen,
      List<String> paths) {
    ExportSubject subject(boolean withVolumes) {
      return ExportSubject.of(owner == null ? null : owner.thing(), withVolumes, paths);
    }
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    ExportKind kind = kind();
    boolean standardOutput = to.equals(STANDARD_OUTPUT);
    if (standardOutput && manifestFile == null) {
      throw usage(
          "--to - writes the archive alone: say with --manifest FILE where the manifest goes");
    }
    if (standardOutput && !kind.isStream()) {
      throw usage("--format " + kind + " needs a file, not standard output");
    }
    Path target = Path.of(to);
    Path manifest =
        manifestFile != null
            ? manifestFile
            : target.resolveSibling(target.getFileName() + MANIFEST);
    for (Path each : standardOutput ? List.of(manifest) : List.of(target, manifest)) {
      refuse(each);
      PartialFile.refuseExisting(each);
    }
    Part part = part(evidence);
    ManifestHeader header =
        new ManifestHeader(
            evidence,
            part.owner,
            standardOutput ? to : String.valueOf(target.getFileName()),
            kind,
            volumes.volumes,
            !noHash,
            part.paths);
    int count = threads.count();
    Export.Options options =
        new Export.Options(part.chosen, !noHash, evidenceBytes(evidence), count);
    try (Progress progress = new Progress(console, common(), "exporting", -1);
        Manifest written =
            Manifest.begin(manifest, header.dossier(), part.owner != null, count, log);
        TreeSink sink =
            standardOutput
                ? kind.sink(console.out(), count)
                : kind.create(target, part.subject(volumes.volumes), count)) {
      tell(new ExportJob(written, progress).run(sink, part.tree, options, log), manifest);
    }
    return ExitCode.DONE;
  }

  private ExportKind kind() {
    if (format != null) {
      return format;
    }
    if (to.equals(STANDARD_OUTPUT)) {
      return ExportKind.TAR;
    }
    return ExportKind.of(to)
        .orElseThrow(
            () ->
                usage(
                    "'"
                        + Escape.text(to)
                        + "' tells no format; end it in .tar or .ext4, or name one with --format"));
  }

  private Part part(Evidence evidence) throws IOException {
    PathArgument typed = selector == null ? null : PathArgument.parse(selector).orElse(null);
    String name = typed == null ? selector : typed.container();
    if (name == null && typed == null && paths.isEmpty()) {
      throw usage("which CONTAINER? Or name files of the node: /path, or --path GLOB");
    }
    Owned<Container> owner = name == null ? null : container(evidence, name);
    FileTree tree = volumes.tree(evidence, owner);
    List<String> chosen = new ArrayList<>();
    Predicate<TreePath> test = paths.isEmpty() && typed == null ? path -> true : path -> false;
    if (typed != null) {
      TreePath found = new Lookup(tree).find(typed.path(), false).path();
      test = test.or(found::equals);
      chosen.add(Escape.bytes(found.bytes()));
    }
    for (String each : paths) {
      Glob glob = Glob.ofPath(each.length() > 1 ? each.replaceFirst("/+$", "") : each);
      test = test.or(glob::matches);
      chosen.add(each);
    }
    return new Part(owner, tree, test, chosen);
  }

  /** How many bytes there are in all; of a directory nobody knows. */
  private static long evidenceBytes(Evidence evidence) {
    List<OpenedDisk> disks = evidence.disks();
    long bytes = 0;
    for (OpenedDisk disk : disks) {
      bytes += disk.size();
    }
    return disks.isEmpty() ? Long.MAX_VALUE : bytes;
  }

  private void tell(long notWhole, Path manifest) throws IOException {
    if (notWhole > 0 && !common().quiet()) {
      String files = notWhole == 1 ? "1 file is" : notWhole + " files are";
      console.say(
          "drydock: "
              + files
              + " not kept whole; "
              + Escape.text(manifest + " says which and what"));
    }
  }
}
