package drydock.report;

import drydock.runtime.Namespace;
import java.util.List;

/** The record {@code namespace}. */
public final class NamespaceReport {
  public static final Report<Namespace> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", n -> Value.of(n.engine())),
              Column.<Namespace>of("name", n -> Value.of(n.name())).header("NAMESPACE"),
              Column.of("labels", n -> Value.of(n.labels())),
              Column.of("origin", n -> Value.of(n.origin()))),
          List.of("engine", "name", "labels"));

  private NamespaceReport() {}
}
