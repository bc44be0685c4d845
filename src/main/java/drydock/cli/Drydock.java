package drydock.cli;

import picocli.CommandLine.Command;

/** The root command: knows the others, does nothing alone. */
@Command(
    name = "drydock",
    mixinStandardHelpOptions = true,
    description = "Looks into the containers on a disk image, offline and without mounting it.")
final class Drydock implements Runnable {
  @Override
  public void run() {}
}
