package drydock.cli;

import drydock.cli.option.Console;
import java.util.List;

/** The program's start. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Drydock.run(Console.system(), List.of(arguments)));
  }
}
