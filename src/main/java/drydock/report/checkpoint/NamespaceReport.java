package drydock.report.checkpoint;

import drydock.checkpoint.kernel.NamespaceEntry;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.List;

/** The record {@code namespace} of a checkpoint: one of its processes'. */
public final class NamespaceReport {
  public static final Report<NamespaceEntry> REPORT =
      new Report<>(
          List.of(
              Column.of("kind", each -> Value.of(each.kind())),
              Column.of("id", each -> Value.of(each.id())),
              Column.of("host", each -> Value.of(each.isHost())),
              Column.of("processes", each -> Value.of(each.pids().size())),
              Column.of("pids", each -> ProcessReport.numbers(each.pids())),
              Column.of("settings", each -> RenderedValue.of(each.settings())),
              Column.of("origin", each -> Value.of(each.origin()))),
          List.of("kind", "id", "host", "processes", "pids", "settings"));

  private NamespaceReport() {}
}
