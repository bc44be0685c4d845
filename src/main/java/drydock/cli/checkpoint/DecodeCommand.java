package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.Images;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.Report;
import drydock.report.checkpoint.ImageEntryReport;
import drydock.report.checkpoint.ImageEntryReport.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The entries of images, as they lie there. */
@Command(
    name = "decode",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint decode shop.tar pstree.img -o json",
      "  drydock checkpoint decode shop.tar -o jsonl --output-file images.jsonl",
      "Names and values are those of 'crit decode --pretty'. A field that is not known is shown as",
      "\"field N\", bytes that are no text as base64. Files of nothing but data have one row."
    })
final class DecodeCommand extends ArchiveCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "Names of images, as core-1.img; without one all of them.")
  List<String> names = new ArrayList<>();

  @Option(names = "--payload", description = "Show the raw bytes behind messages, too, as base64.")
  boolean payload;

  @Mixin OutputOption output = new OutputOption();

  DecodeCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Images images = Frozen.of(checkpoint, log).dump().images();
    List<String> chosen = names.isEmpty() ? images.names() : names;
    List<ImageFile> files = new ArrayList<>();
    for (String name : chosen) {
      Optional<ImageFile> image = images.find(name);
      if (image.isEmpty()) {
        throw usage("no image '" + name + "'; there are " + String.join(", ", images.names()));
      }
      files.add(image.get());
    }
    output.rows(
        console,
        ImageEntryReport.REPORT,
        rows -> {
          for (ImageFile each : files) {
            add(each, rows);
          }
        });
    return ExitCode.DONE;
  }

  private void add(ImageFile image, Report.Rows<Row> rows) throws IOException {
    String kind = image.kind().name();
    if (!image.hasEntries()) {
      rows.add(new Row(image.name(), kind, null, image.bytes(), payload));
    }
    image.entries(
        entry -> {
          rows.add(new Row(image.name(), kind, entry, image.bytes(), payload));
          return true;
        });
  }
}
