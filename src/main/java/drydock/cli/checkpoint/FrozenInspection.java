package drydock.cli.checkpoint;

import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Inventory;
import drydock.checkpoint.kernel.CgroupDirectories;
import drydock.checkpoint.kernel.IpcObjects;
import drydock.checkpoint.kernel.NamespaceEntries;
import drydock.checkpoint.kernel.SeccompFilters;
import drydock.checkpoint.network.Networks;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.report.Dossier;
import drydock.report.Report;
import drydock.report.Value;
import drydock.report.checkpoint.CgroupReport;
import drydock.report.checkpoint.DescriptorReport;
import drydock.report.checkpoint.FrozenMountReport;
import drydock.report.checkpoint.IpcReport;
import drydock.report.checkpoint.NamespaceReport;
import drydock.report.checkpoint.NetworkReport;
import drydock.report.checkpoint.ProcessReport;
import drydock.report.checkpoint.RenderedValue;
import drydock.report.checkpoint.SeccompReport;
import drydock.report.checkpoint.SocketReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the images of a checkpoint tell, all of it in one: the records of the other commands. */
final class FrozenInspection {
  /**
   * More of one kind are not taken into one document, which stays on the heap until it is whole.
   */
  private static final int MAX_RECORDS = 20_000;

  private final Frozen frozen;
  private final FindingLog log;

  FrozenInspection(Frozen frozen, FindingLog log) {
    this.frozen = frozen;
    this.log = log;
  }

  /** What the dump says of itself. */
  @Nullable Value inventory() throws IOException {
    Optional<Inventory> inventory = frozen.dump().inventory();
    return inventory.isEmpty() ? null : RenderedValue.of(inventory.get().details());
  }

  /** Gives the records of one kind. */
  @FunctionalInterface
  private interface Source<T> {
    void into(Report.Rows<T> rows) throws IOException;
  }

  /** Every record of every kind. */
  Value records() {
    Images images = frozen.dump().images();
    return new Dossier()
        .add("processes", records(ProcessReport.REPORT, rows -> new ProcessRows(frozen).into(rows)))
        .add(
            "descriptors",
            records(
                DescriptorReport.REPORT, rows -> each(new FilesInUse(frozen.dump()).rows(), rows)))
        .add(
            "sockets",
            records(SocketReport.REPORT, rows -> each(SocketRows.of(frozen.dump()), rows)))
        .add(
            "mounts",
            records(
                FrozenMountReport.REPORT,
                rows -> each(new MountTree(frozen.dump().mounts()).rows(), rows)))
        .add(
            "namespaces",
            records(NamespaceReport.REPORT, rows -> each(NamespaceEntries.of(frozen.dump()), rows)))
        .add(
            "network", records(NetworkReport.REPORT, rows -> Networks.tell(images, log, rows::add)))
        .add("ipc", records(IpcReport.REPORT, rows -> each(IpcObjects.read(images), rows)))
        .add(
            "cgroups",
            records(CgroupReport.REPORT, rows -> each(CgroupDirectories.read(images), rows)))
        .add(
            "seccomp",
            records(SeccompReport.REPORT, rows -> each(SeccompFilters.read(images).all(), rows)))
        .value();
  }

  private static <T> void each(List<T> all, Report.Rows<T> rows) throws IOException {
    for (T each : all) {
      rows.add(each);
    }
  }

  /** One kind that cannot be read must not hide the others. */
  private <T> Value records(Report<T> report, Source<T> source) {
    List<@Nullable Value> values = new ArrayList<>();
    try {
      source.into(
          record -> {
            if (values.size() < MAX_RECORDS) {
              values.add(Dossier.of(report, record).value());
            } else {
              String what =
                  "more than " + MAX_RECORDS + " records of a kind: its own command has all";
              log.add(Finding.missing(frozen.images().origin(), what));
            }
          });
    } catch (IOException e) {
      log.add(e, frozen.images().origin());
    }
    return new Value.Many(values);
  }
}
