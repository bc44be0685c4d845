package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.Problem;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.report.Escape;
import drydock.runtime.Container;
import drydock.timeline.View;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Works on the trees of containers. What is wrong with one that has no files that can be read is
 * said once, if somebody named it; of all there are, it is a finding. The others are worked on.
 */
final class ViewRun {
  /** Works on one tree of a container. */
  @FunctionalInterface
  interface Work {
    void on(View view) throws IOException;
  }

  private final Console console;
  private final Evidence evidence;
  private final ViewOptions views;
  private final boolean named;
  private final FindingLog log;
  private final Set<String> said = new HashSet<>();
  private int exit = ExitCode.DONE;

  /**
   * @param named whether the containers were named
   */
  ViewRun(Console console, Evidence evidence, ViewOptions views, boolean named, FindingLog log) {
    this.console = console;
    this.evidence = evidence;
    this.views = views;
    this.named = named;
    this.log = log;
  }

  /** Works on each; gives what the command is to return. */
  int each(Map<String, Owned<Container>> containers, Work work) throws IOException {
    for (Map.Entry<String, Owned<Container>> each : containers.entrySet()) {
      List<View> trees;
      try {
        trees = views.of(evidence, each.getValue(), each.getKey());
      } catch (IOException e) {
        tell(each.getKey(), each.getValue(), e);
        continue;
      }
      for (View view : trees) {
        try {
          work.on(view);
        } catch (IOException e) {
          tell(view.prefix() + "/", each.getValue(), e);
        }
      }
    }
    return exit;
  }

  private void tell(String name, Owned<Container> owned, IOException why) throws IOException {
    if (console.out().isClosedByReader()) {
      throw why;
    }
    String what = Escape.text(name) + ": " + Problem.of(why);
    if (!named) {
      log.add(Finding.missing(owned.thing().origin(), what));
      return;
    }
    if (said.add(what)) {
      console.say("drydock: " + what);
    }
    exit = ExitCode.COULD_NOT;
  }
}
