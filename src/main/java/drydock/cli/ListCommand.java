package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.HideOption;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.ContentReport;
import drydock.report.ImageReport;
import drydock.report.LeaseReport;
import drydock.report.MountReport;
import drydock.report.NamespaceReport;
import drydock.report.PodReport;
import drydock.report.Report;
import drydock.report.SnapshotReport;
import drydock.report.VolumeReport;
import drydock.runtime.Container;
import drydock.runtime.Orders;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Lists what the engines of a node hold, one kind at a time. */
@Command(
    name = "list",
    footer = {
      "",
      "Example:",
      "  drydock list containers node.qcow2 --hide support,sandbox",
      "  drydock list images node.qcow2 -o jsonl",
      "  drydock list mounts node.qcow2 shop/web-0/web --disk pvc.qcow2",
      "A container that was removed before the disk was taken is not in these lists."
    })
final class ListCommand extends EngineCommand {
  /** The kinds of things, as they are typed. */
  enum Kind {
    CONTAINERS,
    PODS,
    IMAGES,
    SNAPSHOTS,
    CONTENT,
    NAMESPACES,
    LEASES,
    VOLUMES,
    MOUNTS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** For a message that names the kinds as they are typed. */
  static final class KindConverter implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      for (Kind kind : Kind.values()) {
        if (kind.toString().equals(text.toLowerCase(Locale.ROOT))) {
          return kind;
        }
      }
      String all = String.join(", ", Stream.of(Kind.values()).map(Kind::toString).toList());
      throw new TypeConversionException("'" + text + "' is none of " + all);
    }
  }

  private static final Set<Kind> HIDING = EnumSet.of(Kind.CONTAINERS, Kind.PODS, Kind.MOUNTS);

  /** What engines that are not read have, too. */
  private static final Set<Kind> OF_ALL_ENGINES =
      EnumSet.of(Kind.CONTAINERS, Kind.IMAGES, Kind.SNAPSHOTS, Kind.VOLUMES, Kind.MOUNTS);

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = KindConverter.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  Kind kind = Kind.CONTAINERS;

  @Parameters(index = "1", paramLabel = "EVIDENCE", description = "A disk, or a mounted root.")
  Path path = Path.of("");

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "CONTAINER",
      description = "The one whose mounts are wanted; by itself all.")
  @Nullable String container;

  @Mixin OutputOption output = new OutputOption();
  @Mixin HideOption hide = new HideOption();

  ListCommand(Console console) {
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
    if (hide.isUsed() && !HIDING.contains(kind)) {
      throw usage(
          "--hide and --support-file are for containers, pods and mounts; leave them out here");
    }
    if (container != null && kind != Kind.MOUNTS) {
      throw usage("a CONTAINER is for mounts; leave it out here");
    }
    if (container == null && OF_ALL_ENGINES.contains(kind)) {
      evidence.tellOtherEngines();
    }
    switch (kind) {
      case CONTAINERS -> containers(evidence);
      case PODS -> pods(evidence);
      case IMAGES -> all(evidence, ImageReport.REPORT, Runtime::images, Orders.IMAGES);
      case SNAPSHOTS -> all(evidence, SnapshotReport.REPORT, Runtime::snapshots, Orders.SNAPSHOTS);
      case CONTENT -> all(evidence, ContentReport.REPORT, Runtime::content, Orders.CONTENT);
      case NAMESPACES ->
          all(evidence, NamespaceReport.REPORT, Runtime::namespaces, Orders.NAMESPACES);
      case LEASES -> all(evidence, LeaseReport.REPORT, Runtime::leases, Orders.LEASES);
      case VOLUMES -> output.rows(console, VolumeReport.REPORT, new MountList(evidence).volumes());
      case MOUNTS -> mounts(evidence);
    }
    return ExitCode.DONE;
  }

  private void containers(Evidence evidence) throws IOException {
    Predicate<Container> hidden = hide.hidden();
    List<Container> all = things(evidence, Runtime::containers, Orders.CONTAINERS);
    List<Container> shown = all.stream().filter(hidden.negate()).toList();
    output.rows(console, new LogBytes(evidence, evidence.log()).report(), shown);
    hide.tell(all.size() - shown.size(), "containers", console, common());
  }

  private void mounts(Evidence evidence) throws IOException {
    List<Owned<Container>> shown = new ArrayList<>();
    Predicate<Container> hidden = hide.hidden();
    int left = 0;
    if (container != null) {
      shown.add(container(evidence, container));
    } else {
      for (Owned<Container> each : Owned.all(evidence, Runtime::containers)) {
        if (hidden.test(each.thing())) {
          left++;
        } else {
          shown.add(each);
        }
      }
    }
    output.rows(console, MountReport.REPORT, rows -> new MountList(evidence).mounts(shown, rows));
    hide.tell(left, "containers", console, common());
  }

  /** A pod is hidden when it has containers and all of them are. */
  private void pods(Evidence evidence) throws IOException {
    Predicate<Container> hidden = hide.hidden();
    List<Pod> all = things(evidence, Runtime::pods, Orders.PODS);
    List<Pod> shown = all;
    if (hide.isUsed()) {
      Map<String, Container> byId = new HashMap<>();
      things(evidence, Runtime::containers, Orders.CONTAINERS)
          .forEach(each -> byId.put(each.id(), each));
      shown = all.stream().filter(pod -> !allHidden(pod, byId, hidden)).toList();
    }
    output.rows(console, PodReport.REPORT, shown);
    hide.tell(all.size() - shown.size(), "pods", console, common());
  }

  private static boolean allHidden(
      Pod pod, Map<String, Container> byId, Predicate<Container> hidden) {
    return !pod.containers().isEmpty()
        && pod.containers().stream()
            .map(byId::get)
            .allMatch(container -> container != null && hidden.test(container));
  }

  private <T> void all(
      Evidence evidence, Report<T> report, Owned.Lister<T> lister, Comparator<T> order)
      throws IOException {
    output.rows(console, report, things(evidence, lister, order));
  }

  /** What all engines hold, as one list. */
  private static <T> List<T> things(Evidence evidence, Owned.Lister<T> lister, Comparator<T> order)
      throws IOException {
    List<T> things = new ArrayList<>();
    Owned.all(evidence, lister).forEach(owned -> things.add(owned.thing()));
    things.sort(order);
    return things;
  }
}
