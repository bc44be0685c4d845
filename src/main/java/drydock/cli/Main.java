package drydock.cli;

import java.util.List;

/** The program's start. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Drydock.forArguments(List.of(arguments), Subcommand.ALL).execute(arguments));
  }
}
