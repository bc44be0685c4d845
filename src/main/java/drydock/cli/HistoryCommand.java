package drydock.cli;

import drydock.bytes.Origin;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.select.ContainerSelector;
import drydock.cli.select.ImageSelector;
import drydock.cli.select.Match;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.ContainerReport;
import drydock.report.Escape;
import drydock.report.HistoryReport;
import drydock.report.HistoryReport.Step;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How an image was made, layer by layer, and which of its layers are on the disk. */
@Command(
    name = "history",
    footer = {
      "",
      "Example:",
      "  drydock history node.qcow2 shop/web-0/web",
      "  drydock history node.qcow2 gke.gcr.io/pause:3.8",
      "What a step did is what the image's builder wrote of it: nobody has proved it."
    })
final class HistoryCommand extends NodeCommand {
  @Parameters(
      index = "1",
      paramLabel = "IMAGE-or-CONTAINER",
      description = "A reference, digest or prefix; or a container.")
  String selector = "";

  @Mixin OutputOption output = new OutputOption();

  HistoryCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  /** What was named: an image, or a container and with it the image it was made from. */
  private record Subject(String text, Origin origin, Layers layers) {}

  @FunctionalInterface
  private interface Layers {
    List<ImageLayer> read() throws IOException;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    Match<Owned<Image>> images =
        new ImageSelector(selector).among(Owned.all(evidence, Runtime::images));
    Match<Owned<Container>> containers =
        new ContainerSelector(selector).among(Owned.all(evidence, Runtime::containers));
    List<Subject> found = new ArrayList<>();
    images.found().forEach(each -> found.add(ofImage(each)));
    containers.found().forEach(each -> found.add(ofContainer(each)));
    List<String> nearest = new ArrayList<>(images.nearest());
    nearest.addAll(containers.nearest());
    Subject subject =
        only(new Match<>(found, nearest), "image or container", selector, Subject::text);
    List<Step> steps =
        subject.layers().read().stream().map(each -> new Step(each, subject.origin())).toList();
    output.rows(console, HistoryReport.REPORT, steps);
    return ExitCode.DONE;
  }

  private static Subject ofImage(Owned<Image> owned) {
    Image image = owned.thing();
    String text = "image " + image.namespace() + ":" + image.name() + "  " + image.digest();
    return new Subject(Escape.text(text), image.origin(), () -> owned.runtime().history(image));
  }

  private static Subject ofContainer(Owned<Container> owned) {
    Container container = owned.thing();
    String text =
        "container "
            + container.namespace()
            + ":"
            + container.id()
            + "  "
            + ContainerReport.podText(container.pod())
            + "/"
            + container.name();
    return new Subject(
        Escape.text(text), container.origin(), () -> owned.runtime().history(container));
  }
}
