package drydock.report.checkpoint;

import drydock.checkpoint.network.NetworkFact;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.List;

/** The record {@code network}: an interface, an address, a route ... of a network namespace. */
public final class NetworkReport {
  public static final Report<NetworkFact> REPORT =
      new Report<>(
          List.of(
              Column.<NetworkFact>of("namespace", fact -> Value.of(fact.namespace()))
                  .header("NETNS"),
              Column.of("kind", fact -> Value.of(fact.kind().label())),
              Column.<NetworkFact>of(
                      "interface",
                      fact -> fact.device() == null ? null : RenderedValue.of(fact.device()))
                  .header("INTERFACE"),
              Column.of("text", fact -> RenderedValue.of(fact.text())),
              Column.of("details", fact -> RenderedValue.of(fact.details())),
              Column.of("origin", fact -> Value.of(fact.origin()))),
          List.of("namespace", "kind", "interface", "text"));

  private NetworkReport() {}
}
