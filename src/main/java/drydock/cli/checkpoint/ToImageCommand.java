package drydock.cli.checkpoint;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.image.CheckpointImage;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.cli.option.ThreadsOption;
import drydock.export.PartialFile;
import drydock.finding.FindingLog;
import drydock.oci.ImageReference;
import drydock.report.Dossier;
import drydock.report.Escape;
import drydock.report.OutputFormat;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an image of a checkpoint that nodes restore. */
@Command(
    name = "to-image",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint to-image shop.tar.zst --to image",
      "  drydock checkpoint to-image shop.tar --to image.tar --name localhost/shop:1",
      "Then, for instance: ctr -n k8s.io images import image.tar, podman load -i image.tar.",
      "An archive is made of a directory beside it, so it takes its space twice for a while."
    })
final class ToImageCommand extends ArchiveCommand {
  /** How the layer is stored. */
  enum Compression {
    GZIP,
    NONE;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TARGET",
      description = "What to write: a new directory, or a new archive that ends in .tar.")
  Path to = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "REF",
      description = "What the image is called; engines import few that have no name.")
  @Nullable String name;

  @Option(
      names = "--compress",
      paramLabel = "HOW",
      description = "The layer: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by itself.")
  Compression compress = Compression.GZIP;

  @Mixin OutputOption output = new OutputOption();
  @Mixin ThreadsOption threads = new ThreadsOption();

  ToImageCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    refuse(to);
    PartialFile.refuseExisting(to);
    String reference = reference();
    CheckpointImage image = CheckpointImage.of(checkpoint, log);
    boolean gzip = compress == Compression.GZIP;
    ImageFiles files = new ImageFiles(image, reference, gzip, threads.count(), log);
    try (Progress progress = new Progress(console, common(), "packing", -1)) {
      output.dossier(
          console,
          dossier(image, files.write(checkpoint, to, progress), reference),
          OutputFormat.TABLE);
    }
    return ExitCode.DONE;
  }

  private @Nullable String reference() {
    String typed = name;
    if (typed == null) {
      return null;
    }
    Optional<ImageReference> parsed = ImageReference.parse(typed);
    return parsed
        .orElseThrow(() -> usage("--name: '" + Escape.text(typed) + "' is no name of an image"))
        .withDefaultTag()
        .toString();
  }

  private Dossier dossier(CheckpointImage image, ImageFiles.Written written, @Nullable String name)
      throws IOException {
    Dossier annotations = new Dossier();
    for (Map.Entry<String, String> each : image.annotations().entrySet()) {
      annotations.add(each.getKey(), Value.of(each.getValue()));
    }
    return new Dossier()
        .add("name", Value.of(name))
        .add("digest", Value.of(written.index().toString()))
        .add("manifest", Value.of(written.manifest().toString()))
        .add("config", Value.of(written.config().toString()))
        .add("layer", Value.of(written.layer().toString()))
        .add("layer_size", Value.of(written.layerSize()))
        .add("diff_id", Value.of(written.diffId().toString()))
        .add("platform", Value.of(image.platform().toString()))
        .add("created", Value.of(image.created()))
        .add("annotations", annotations.value())
        .add("left_out", Value.of(image.leftOut()))
        .add("origin", Value.of(origin()));
  }

  private Origin origin() {
    return Origin.of(archive);
  }
}
