package drydock.cli.option;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command, made for a console. */
public abstract class ConsoleCommand implements Callable<Integer> {
  protected final Console console;

  @Mixin CommonOption common = new CommonOption();

  @Spec CommandSpec spec = Declarations.emptySpec();

  protected ConsoleCommand(Console console) {
    this.console = console;
  }

  /** The error for something typed that makes no sense: one line, then perhaps candidates. */
  protected final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  protected final CommandSpec spec() {
    return spec;
  }

  /** Whether errors are to be shown with where in the program they happened. */
  public final boolean stacktrace() {
    return common.stacktrace();
  }

  protected final CommonOption common() {
    return common;
  }
}
