package drydock.cli;

import picocli.CommandLine;

/** The program's start. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Drydock()).execute(arguments));
  }
}
