package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.cli.option.Console;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.evidence.EvidenceOptions;
import drydock.finding.FindingLog;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewRunTest {
  private final StringWriter said = new StringWriter();
  private final FindingLog log = new FindingLog();
  private final List<String> done = new ArrayList<>();

  /** Works on all layers of all containers, of which one cannot be read, as often as is said. */
  private int run(boolean named, int times) throws IOException {
    Console console = Console.of(new ByteArrayOutputStream(), said);
    ViewOptions views = new ViewOptions();
    views.layers = true;
    Path disk = Path.of(Cli.node("gke-small"));
    int exit = 0;
    try (Evidence evidence = Evidence.open(EvidenceOptions.of(disk), log)) {
      Map<String, Owned<Container>> all =
          NamedContainers.of(Owned.all(evidence, Runtime::containers));
      ViewRun run = new ViewRun(console, evidence, views, named, log);
      for (int i = 0; i < times; i++) {
        exit =
            run.each(
                all,
                view -> {
                  if (view.prefix().equals("shop/web-0/web:layer2:")) {
                    throw new IOException("broken");
                  }
                  done.add(view.prefix());
                });
      }
    }
    return exit;
  }

  @Test
  void ofOneThatWasNamedItIsSaidOnceAndTheOthersAreDone() throws IOException {
    assertThat(run(true, 2)).isEqualTo(1);
    assertThat(said.toString()).isEqualTo("drydock: shop/web-0/web:layer2:/: broken\n");
    assertThat(log.hasLosses()).isFalse();
    assertThat(done)
        .contains("shop/web-0/web:layer1:", "shop/web-0/web:layer3:", "shop/web-0/exporter:layer0:")
        .doesNotContain("shop/web-0/web:layer2:");
  }

  @Test
  void ofAllThereAreItIsAFinding() throws IOException {
    assertThat(run(false, 1)).isZero();
    assertThat(said.toString()).isEmpty();
    assertThat(log.hasLosses()).isTrue();
  }
}
