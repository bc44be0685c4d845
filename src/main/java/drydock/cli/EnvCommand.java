package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.HideOption;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.report.Report;
import drydock.report.VariableReport;
import drydock.report.VariableReport.Variable;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The environment of one container, or of every one. */
@Command(
    name = "env",
    footer = {
      "",
      "Example:",
      "  drydock env node.qcow2 shop/web-0/web --redact",
      "Shown is what the engine started the container with, not what programs changed later."
    })
final class EnvCommand extends NodeCommand {
  private static final List<String> OF_ONE = List.of("name", "value");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONTAINER",
      description = "Its id, prefix or name; all containers without it.")
  @Nullable String selector;

  @Option(names = "--redact", description = "Mask values that look secret.")
  boolean redact;

  @Mixin OutputOption output = new OutputOption();
  @Mixin HideOption hide = new HideOption();

  EnvCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    Report<Variable> report = VariableReport.REPORT;
    if (selector != null) {
      Owned<Container> one = container(evidence, selector);
      List<String> environment = one.runtime().environment(one.thing());
      Report<Variable> narrow = new Report<>(report.columns(), OF_ONE);
      output.rows(console, narrow, rows -> add(one.thing(), environment, rows));
      return ExitCode.DONE;
    }
    Predicate<Container> hidden = hide.hidden();
    List<Owned<Container>> all = Owned.everything(evidence, Runtime::containers);
    List<Owned<Container>> shown = all.stream().filter(each -> !hidden.test(each.thing())).toList();
    output.rows(
        console,
        report,
        rows -> {
          for (Owned<Container> each : shown) {
            add(each.thing(), environment(each, log), rows);
          }
        });
    hide.tell(all.size() - shown.size(), "containers", console, common());
    return ExitCode.DONE;
  }

  private static List<String> environment(Owned<Container> owned, FindingLog log) {
    try {
      return owned.runtime().environment(owned.thing());
    } catch (NoSuchFileException e) {
      String what = "container " + owned.thing().id() + " has no spec, so no environment";
      log.add(Finding.missing(owned.thing().origin(), what));
    } catch (IOException e) {
      log.add(e, owned.thing().origin());
    }
    return List.of();
  }

  private void add(Container container, List<String> environment, Report.Rows<Variable> rows)
      throws IOException {
    for (String text : environment) {
      Variable variable = Variable.of(container, text);
      rows.add(redact ? Secrets.mask(variable) : variable);
    }
  }
}
