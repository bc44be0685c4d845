package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.cli.option.RowFeed;
import drydock.cli.option.ThreadsOption;
import drydock.cli.select.ContainerSelector;
import drydock.cli.select.ImageSelector;
import drydock.cli.select.Match;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.OrderedWork;
import drydock.report.Escape;
import drydock.report.VerifyReport;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import drydock.verify.Check;
import drydock.verify.Difference;
import drydock.verify.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether content and unpacked layers are what their digests and archives say. */
@Command(
    name = "verify",
    footer = {
      "",
      "Example:",
      "  drydock verify node.qcow2",
      "  drydock verify node.qcow2 shop/web-0/web -o jsonl",
      "No row: all that could be verified is as it was given. A layer whose archive is gone is",
      "'unverified'. Exit 3: something differs."
    })
final class VerifyCommand extends NodeCommand {
  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IMAGE-or-CONTAINER",
      description = "Only what this image, or this container's image, is made of.")
  @Nullable String selector;

  @Option(names = "--blobs", description = "Verify contents and documents, no layers.")
  boolean blobs;

  @Option(names = "--layers", description = "Verify unpacked layers only.")
  boolean layers;

  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputOption output = new OutputOption();

  VerifyCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  /** Something to do, and who does it. */
  private record Job(Verification verification, Check check) {}

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Owned<Image>> images =
        selector == null ? Owned.all(evidence, Runtime::images) : images(evidence, selector, log);
    List<Job> jobs = new ArrayList<>();
    for (Runtime runtime : evidence.runtimes()) {
      List<Image> own = new ArrayList<>();
      images.stream().filter(i -> i.runtime() == runtime).forEach(i -> own.add(i.thing()));
      Verification verification = new Verification(runtime, evidence.node(), log);
      for (Check check : checks(verification, own)) {
        jobs.add(new Job(verification, check));
      }
    }
    AtomicLong differences = new AtomicLong();
    AtomicLong unverified = new AtomicLong();
    try (Progress progress = new Progress(console, common(), "verifying", -1)) {
      output.<Job, Difference>manyRows(
          console,
          VerifyReport.REPORT,
          threads.count(),
          (job, running) -> {
            List<Difference> found = run(job, progress, running);
            long real = found.stream().filter(Difference::isOne).count();
            differences.addAndGet(real);
            unverified.addAndGet(found.size() - real);
            return found;
          },
          feed -> feed(jobs, feed));
    }
    tell(jobs, differences.get(), unverified.get());
    return ExitCode.DONE;
  }

  private List<Check> checks(Verification verification, List<Image> images) throws IOException {
    List<Check> checks = new ArrayList<>();
    boolean all = selector == null;
    if (blobs || !layers) {
      checks.addAll(verification.blobs(images, all));
      checks.addAll(verification.documents(images));
    }
    if (layers || !blobs) {
      checks.addAll(verification.layers(images, all));
    }
    return checks;
  }

  /** A long piece of work has a batch of its own. */
  private static void feed(List<Job> jobs, RowFeed<Job> feed) throws IOException {
    for (Job job : jobs) {
      feed.add(job, job.check().bytes());
    }
    feed.drain();
  }

  private static List<Difference> run(Job job, Progress progress, OrderedWork.Running running)
      throws IOException {
    String what = job.check().what();
    return job.verification()
        .run(
            job.check(),
            bytes -> {
              running.check();
              progress.add(bytes, 0, what);
            });
  }

  private void tell(List<Job> jobs, long differences, long unverified) throws IOException {
    if (!common().quiet()) {
      console.say(
          "drydock: "
              + count(jobs, Difference.Kind.BLOB)
              + " contents, "
              + count(jobs, Difference.Kind.IMAGE)
              + " images, "
              + count(jobs, Difference.Kind.LAYER)
              + " layers: "
              + differences
              + " differences, "
              + unverified
              + " that cannot be verified");
    }
  }

  private static long count(List<Job> jobs, Difference.Kind kind) {
    return jobs.stream().filter(job -> job.check().kind() == kind).count();
  }

  /** The image that was named, or that of a container, by all its names. */
  private List<Owned<Image>> images(Evidence evidence, String text, FindingLog log)
      throws IOException {
    List<Owned<Image>> all = Owned.all(evidence, Runtime::images);
    Match<Owned<Image>> images = new ImageSelector(text).among(all);
    if (!images.found().isEmpty()) {
      return List.of(only(images, "image or container", text, VerifyCommand::candidate));
    }
    Match<Owned<Container>> containers =
        new ContainerSelector(text).among(Owned.all(evidence, Runtime::containers));
    List<String> nearest = new ArrayList<>(images.nearest());
    nearest.addAll(containers.nearest());
    Owned<Container> one =
        only(
            new Match<>(containers.found(), nearest),
            "image or container",
            text,
            each -> Escape.text(each.thing().namespace() + ":" + each.thing().id()));
    Container container = one.thing();
    List<Owned<Image>> its =
        all.stream()
            .filter(i -> i.runtime() == one.runtime())
            .filter(i -> i.thing().namespace().equals(container.namespace()))
            .filter(i -> Objects.equals(i.thing().digest(), container.imageDigest()))
            .toList();
    if (its.isEmpty() || container.imageDigest() == null) {
      String what = "the image of container " + container.id() + " is not known any more";
      log.add(Finding.missing(container.origin(), what));
      return List.of();
    }
    return its;
  }

  private static String candidate(Owned<Image> owned) {
    Image image = owned.thing();
    return Escape.text("image " + image.namespace() + ":" + image.name() + "  " + image.digest());
  }
}
