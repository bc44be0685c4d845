package drydock.cli;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.Problem;
import drydock.cli.select.NearestNames;
import drydock.report.Escape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where errors end: a line on standard error, and an exit code. */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Console console;

  ErrorHandler(Console console) {
    this.console = console;
  }

  /** Something typed that makes no sense. */
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    PrintWriter err = console.err();
    String first = lines.isEmpty() ? "" : lines.get(0);
    if (command.getParent() == null && e instanceof UnmatchedArgumentException unmatched) {
      first = "there is no command '" + unmatched.getUnmatched().get(0) + "'";
    }
    err.print("drydock: " + printable(first) + hint(e, name) + "\n");
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      err.print(printable(line) + "\n");
    }
    err.flush();
    return ExitCode.USAGE;
  }

  private static String hint(ParameterException e, String name) {
    List<String> near = e instanceof UnmatchedArgumentException u ? suggestions(u) : List.of();
    boolean explained = String.valueOf(e.getMessage()).contains(";");
    if (!near.isEmpty()) {
      return "; did you mean "
          + near.stream().map(each -> name + " " + each).collect(Collectors.joining(" or "))
          + "?";
    }
    return explained ? "" : "; see '" + name + " --help'";
  }

  private static List<String> suggestions(UnmatchedArgumentException e) {
    String typed = e.getUnmatched().isEmpty() ? "-" : e.getUnmatched().get(0);
    return typed.startsWith("-")
        ? e.getSuggestions()
        : NearestNames.to(typed, e.getCommandLine().getSubcommands().keySet());
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, @Nullable ParseResult result) {
    if (console.out().isClosedByReader()) {
      return ExitCode.DONE;
    }
    boolean trace =
        command.getCommandSpec().userObject() instanceof ConsoleCommand own && own.stacktrace();
    tell(line(e), e, trace);
    return ExitCode.COULD_NOT;
  }

  /** What the JVM has no more memory or stack for; the heap's limit is in the launcher. */
  int handle(VirtualMachineError e) {
    String what =
        e instanceof StackOverflowError
            ? "the evidence is nested too deeply"
            : "not enough memory: raise the limit with DRYDOCK_JAVA_OPTS=-Xmx1g";
    tell(what, e, false);
    return ExitCode.COULD_NOT;
  }

  private static String line(Exception e) {
    if (e instanceof CorruptDataException corrupt) {
      return "damaged evidence: " + Problem.of(corrupt);
    }
    if (e instanceof UnsupportedFormatException unsupported) {
      return "cannot read this: " + Problem.of(unsupported);
    }
    if (e instanceof IOException io) {
      return Problem.of(io);
    }
    if (e instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return Problem.of(wrapped.getCause());
    }
    return "a fault of drydock, not of the evidence ("
        + Escape.text(String.valueOf(e))
        + "); --stacktrace shows where";
  }

  private void tell(String line, Throwable e, boolean trace) {
    PrintWriter err = console.err();
    err.print("drydock: " + line + "\n");
    if (trace) {
      e.printStackTrace(err);
    }
    err.flush();
  }

  private static String printable(String line) {
    return Escape.rest(line);
  }
}
