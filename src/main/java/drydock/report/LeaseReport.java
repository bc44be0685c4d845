package drydock.report;

import drydock.runtime.Lease;
import java.util.List;

/** The record {@code lease}. */
public final class LeaseReport {
  public static final Report<Lease> REPORT =
      new Report<>(
          List.of(
              Column.of("namespace", l -> Value.of(l.namespace())),
              Column.of("id", l -> Value.of(l.id())),
              Column.of("created", l -> Value.of(l.created())),
              Column.of("labels", l -> Value.of(l.labels())),
              Column.<Lease>of("resources", l -> Value.of(l.resources())),
              Column.of("origin", l -> Value.of(l.origin()))),
          List.of("namespace", "id", "created", "labels", "resources"));

  private LeaseReport() {}
}
