package drydock.report.checkpoint;

import drydock.checkpoint.kernel.SeccompFilter;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.List;

/** The record {@code filter}: a filter of system calls, with its program. */
public final class SeccompReport {
  public static final Report<SeccompFilter> REPORT =
      new Report<>(
          List.of(
              Column.of("filter", each -> Value.of(each.number())),
              Column.of("previous", each -> Value.of(each.previous())),
              Column.of("flags", each -> Value.of(each.flags())),
              Column.of("instructions", each -> Value.of(each.instructions())),
              Column.of("program", each -> Value.of(each.lines())),
              Column.of("origin", each -> Value.of(each.origin()))),
          List.of("filter", "previous", "flags", "instructions"));

  private SeccompReport() {}
}
