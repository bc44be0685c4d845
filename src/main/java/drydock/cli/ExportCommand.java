package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.HideOption;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.Problem;
import drydock.cli.option.Progress;
import drydock.cli.option.ThreadsOption;
import drydock.cli.select.Owned;
import drydock.cli.select.PathArgument;
import drydock.evidence.Evidence;
import drydock.export.PartialFile;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Glob;
import drydock.fs.Lookup;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.report.Escape;
import drydock.runtime.Container;
import drydock.runtime.Role;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.Files;
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
      "  drydock export node.qcow2 shop/web-0/web --to web.tar.zst",
      "  drydock export node.qcow2 shop/web-0/web:/var/www --no-volumes --to www.tar",
      "  drydock export node.qcow2 shop/web-0/web --to web.ext4",
      "  drydock export node.qcow2 --path '/var/log/**/*.log' --to logs.tar.gz",
      "  drydock export node.qcow2 --all --format tar.zst --to case-17",
      "Beside it a manifest is written: SHA-256, times, layer and place on the disk of each file."
    })
final class ExportCommand extends NodeCommand {
  /** What the name of a manifest adds to that of its target. */
  private static final String MANIFEST = ".manifest.jsonl";

  private static final String STANDARD_OUTPUT = "-";

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
          "What to write: a new file that ends in its format, or - for standard output."
              + " With --all: a directory.")
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
          "Only what has such a path, with all below it; * stops at slashes, ** does not."
              + " May be given several times.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--all",
      description = "All containers but sandboxes and the cluster's own, each for itself.")
  boolean all;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Where the manifest goes; TARGET" + MANIFEST + " by itself.")
  @Nullable Path manifestFile;

  @Option(names = "--no-hash", description = "Leave the SHA-256 of files out of the manifest.")
  boolean noHash;

  @Mixin VolumesOption volumes = new VolumesOption();
  @Mixin HideOption hide = new HideOption();
  @Mixin ThreadsOption threads = new ThreadsOption();

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return new OutputFileOption();
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    if (all) {
      return all(evidence, log);
    }
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
    Path manifest = manifestFile == null ? manifestOf(target) : manifestFile;
    for (Path each : standardOutput ? List.of(manifest) : List.of(target, manifest)) {
      refuse(each);
      PartialFile.refuseExisting(each);
    }
    ExportRun.Part part = part(evidence);
    try (Progress progress = progress(part, log)) {
      ExportRun run = run(evidence, log, kind, progress);
      long notWhole =
          standardOutput
              ? run.write(part, console.out(), to, manifest)
              : run.write(part, target, manifest);
      tell(notWhole, manifest);
    }
    return ExitCode.DONE;
  }

  private ExportRun run(Evidence evidence, FindingLog log, ExportKind kind, Progress progress) {
    return new ExportRun(evidence, log, kind, volumes.volumes, !noHash, threads.count(), progress);
  }

  private static Path manifestOf(Path target) {
    return target.resolveSibling(target.getFileName() + MANIFEST);
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
                        + "' tells no format: end it in one of "
                        + ExportKind.allEndings()
                        + "; or name one with --format"));
  }

  private ExportRun.Part part(Evidence evidence) throws IOException {
    PathArgument typed = selector == null ? null : PathArgument.parse(selector).orElse(null);
    String name = typed == null ? selector : typed.container();
    Owned<Container> owner = owner(evidence, name);
    if (owner == null && typed == null && paths.isEmpty()) {
      throw usage("which CONTAINER? Or --all, or files of the node: /path or --path GLOB");
    }
    FileTree tree = volumes.tree(evidence, owner);
    TreePath found = typed == null ? null : new Lookup(tree).find(typed.path(), false).path();
    return part(owner, tree, found);
  }

  private ExportRun.Part part(
      @Nullable Owned<Container> owner, FileTree tree, @Nullable TreePath found) {
    List<String> chosen = new ArrayList<>();
    Predicate<TreePath> test = at -> paths.isEmpty() && found == null;
    if (found != null) {
      test = test.or(found::equals);
      chosen.add(Escape.bytes(found.bytes()));
    }
    for (String each : paths) {
      Glob glob = Glob.ofPath(each.length() > 1 ? each.replaceFirst("/+$", "") : each);
      test = test.or(glob::matches);
      chosen.add(each);
    }
    return new ExportRun.Part(owner, tree, test, chosen);
  }

  /** Each container into a target of its own; one that fails is said, and the others go on. */
  private int all(Evidence evidence, FindingLog log) throws IOException {
    if (selector != null || manifestFile != null || to.equals(STANDARD_OUTPUT)) {
      throw usage("--all goes with a directory --to DIR, and without CONTAINER and --manifest");
    }
    ExportKind kind = format == null ? ExportKind.TAR : format;
    Path folder = Path.of(to);
    refuse(folder);
    refuse(folder.resolve(PartialFile.SUFFIX));
    List<Owned<Container>> known = Owned.everything(evidence, Runtime::containers);
    Predicate<Container> hidden =
        hide.isUsed() ? hide.hidden() : each -> each.role() != Role.WORKLOAD;
    List<Owned<Container>> shown =
        known.stream().filter(each -> !hidden.test(each.thing())).toList();
    Files.createDirectories(folder);
    TargetNames names = new TargetNames();
    int exit = ExitCode.DONE;
    try (Progress progress = new Progress(console, common(), "exporting", -1)) {
      ExportRun run = run(evidence, log, kind, progress);
      for (Owned<Container> each : shown) {
        Path target = folder.resolve(names.of(each.thing()) + kind.ending());
        exit = one(evidence, each, target, run) ? exit : ExitCode.COULD_NOT;
      }
    }
    hide.tell(hide.isUsed() ? known.size() - shown.size() : 0, "containers", console, common());
    return exit;
  }

  private boolean one(Evidence evidence, Owned<Container> owner, Path target, ExportRun run)
      throws IOException {
    try {
      FileTree tree = volumes.tree(evidence, owner);
      tell(run.write(part(owner, tree, null), target, manifestOf(target)), manifestOf(target));
      return true;
    } catch (IOException e) {
      String id = Escape.text(owner.thing().id());
      console.say("drydock: " + id + " is not exported: " + Problem.of(e));
      return false;
    }
  }

  /** How far it is of what there is to do, if somebody looks on: that takes a walk of its own. */
  private Progress progress(ExportRun.Part part, FindingLog log) throws IOException {
    long[] total = {-1};
    if (console.interactive() && !common().quiet() && part.paths().isEmpty()) {
      total[0] = 0;
      new TreeWalk(log)
          .walk(
              TreePath.ROOT,
              part.tree().root(),
              (at, node, meta) -> total[0] = Math.max(total[0], total[0] + share(meta)));
    }
    return new Progress(console, common(), "exporting", total[0]);
  }

  /** What a name of a file has of its size. */
  private static long share(FileMeta meta) {
    return meta.isFile() ? meta.size() / Math.max(1, meta.links()) : 0;
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
